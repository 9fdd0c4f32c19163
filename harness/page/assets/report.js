// What the page adds to itself where scripts run: copying, searching the log, the menu's mark.
// It makes no markup out of text; the policy of the page would not let it.
"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // ---- copy buttons
  const copy = async (button) => {
    const source = button.previousElementSibling;
    let done = true;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      // A page from disk may not be let near the clipboard: select, and ask the older way.
      getSelection().selectAllChildren(source);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl-C";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };
  for (const button of all(".command button")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // ---- times, in the reader's own; as they were recorded where one points at them
  for (const time of all("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.title = `${time.textContent} (UTC)`;
    time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
  }

  // ---- the serial log
  const log = document.getElementById("lines");
  const tools = log?.parentElement.querySelector(".tools");
  if (log && tools) {
    const search = document.getElementById("search");
    const found = document.getElementById("found");
    const kinds = all(".kinds input", tools);
    const rows = [...log.children].map((element) => ({ element, text: null }));
    const count = new Intl.NumberFormat("en");
    const kMostHighlights = 2000;

    const textOf = (row) => (row.text ??= row.element.lastElementChild?.textContent.toLowerCase() ?? "");

    const highlight = (shown, query) => {
      if (!CSS.highlights) return;
      CSS.highlights.delete("found");
      if (!query) return;
      const ranges = [];
      for (const row of shown) {
        const walker = document.createTreeWalker(row.element.lastElementChild, NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && ranges.length < kMostHighlights) {
          const text = walker.currentNode.data.toLowerCase();
          // Lower case can change the length of a text; places are right only where it did not.
          if (text.length !== walker.currentNode.data.length) continue;
          for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + query.length);
            ranges.push(range);
          }
        }
      }
      CSS.highlights.set("found", new Highlight(...ranges));
    };

    const apply = () => {
      const query = search.value.toLowerCase();
      const wanted = new Set(kinds.filter((box) => box.checked).map((box) => box.value));
      const all_kinds = wanted.size === kinds.length;
      const shown = [];
      let lines = 0;
      for (const row of rows) {
        const gap = row.element.className === "gap";
        lines += gap ? 0 : 1;
        const show = gap ? !query && all_kinds
                         : wanted.has(row.element.className) && (!query || textOf(row).includes(query));
        if (row.element.hidden === show) row.element.hidden = !show;
        if (show && !gap) shown.push(row);
      }
      found.textContent = query || !all_kinds
          ? `${count.format(shown.length)} of ${count.format(lines)} lines` : `${count.format(lines)} lines`;
      highlight(shown, query);
    };
    const clear = () => {
      search.value = "";
      for (const box of kinds) box.checked = true;
      apply();
    };

    // What is looked for is in the address: a search can be sent to somebody.
    const kFind = "#find=";
    const remember = () => {
      const hash = search.value ? kFind + encodeURIComponent(search.value) : "#log";
      history.replaceState(null, "", hash);
    };
    const recall = () => {
      if (!location.hash.startsWith(kFind)) return false;
      try {
        search.value = decodeURIComponent(location.hash.slice(kFind.length));
      } catch {
        return false;
      }
      apply();
      tools.scrollIntoView();
      return true;
    };

    let pending = 0;
    search.addEventListener("input", () => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(() => {
        apply();
        remember();
      });
    });
    for (const box of kinds) box.addEventListener("change", apply);
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      clear();
      remember();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest?.("input, textarea")) return;
      event.preventDefault();
      search.focus();
      search.select();
    });
    // A line that was asked for by its number must be there to be seen, in what surrounds it.
    addEventListener("hashchange", () => {
      if (recall()) return;
      const target = document.getElementById(location.hash.slice(1));
      if (!target || !log.contains(target)) return;
      clear();
      target.scrollIntoView({ block: "center" });
    });
    tools.hidden = false;
    if (!recall()) apply();
  }

  // ---- on paper: light colours, nothing folded
  let folded = [];
  addEventListener("beforeprint", () => {
    document.documentElement.dataset.printing = "";
    folded = all("details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.printing;
    for (const one of folded) one.open = false;
  });

  // ---- where the reader is
  const links = new Map(all("nav a").map((link) => [link.hash.slice(1), link]));
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  for (const section of all("main > section")) observer.observe(section);
})();
