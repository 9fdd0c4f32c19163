// Tables that can be sorted by a column and filtered by text and by the state of their rows. Without
// scripts they are whole and in their first order. It makes no markup out of text.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const count = new Intl.NumberFormat("en");

  /// What a cell is sorted by: the value that it carries, or its text.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell?.querySelector("data")?.value ?? cell?.querySelector("time")?.dateTime ??
           cell?.textContent.trim() ?? "";
  };
  const compare = (a, b) => {
    const x = Number(a.key.replaceAll(",", "")), y = Number(b.key.replaceAll(",", ""));
    if (a.key !== "" && b.key !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.key.localeCompare(b.key, "en", { numeric: true });
  };

  const sort = (table, column, descending) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, at) => ({ row, at, key: keyOf(row, column) }));
    rows.sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || a.at - b.at);
    body.append(...rows.map(({ row }) => row));
    for (const [at, head] of [...table.tHead.rows[0].cells].entries()) {
      if (at === column) head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  for (const table of all("table.sortable")) {
    for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
      if (!head.textContent.trim()) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () =>
        sort(table, column, head.getAttribute("aria-sort") === "ascending"));
    }
  }

  for (const tools of all(".table-tools")) {
    const table = document.querySelector(`#${tools.dataset.of} table`);
    if (!table) continue;
    const search = tools.querySelector("input[type=search]");
    const states = all("input[type=checkbox]", tools);
    const found = tools.querySelector("output");
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: row.textContent.toLowerCase() }));
    const apply = () => {
      const query = search.value.toLowerCase();
      const wanted = new Set(states.filter((box) => box.checked).map((box) => box.value));
      let shown = 0;
      for (const { row, text } of rows) {
        const state = states.find((box) => row.classList.contains(box.value));
        const show = (!state || wanted.has(state.value)) && text.includes(query);
        row.hidden = !show;
        shown += show;
      }
      found.textContent = shown === rows.length ? count.format(shown)
                                                : `${count.format(shown)} of ${count.format(rows.length)}`;
    };
    search.addEventListener("input", apply);
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      search.value = "";
      apply();
    });
    for (const box of states) box.addEventListener("change", apply);
    // On paper nothing can be asked for: all is there.
    addEventListener("beforeprint", () => {
      for (const { row } of rows) row.hidden = false;
    });
    addEventListener("afterprint", apply);
    tools.hidden = false;
    apply();
  }
})();
