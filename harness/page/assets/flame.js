// The flame graph: a frame is opened by a click or Enter and fills the width; the arrows go from one
// to its neighbours, a search marks frames and says how much they are together, Escape shows all
// again. Names come from files: they are put in as text.
"use strict";

(() => {
  const kRow = 18, kCharacter = 6.7, kNarrowest = 0.4;  // in pixels, as in report.css
  const number = new Intl.NumberFormat("en");
  const all = (selector, root) => [...root.querySelectorAll(selector)];

  const serve = (place) => {
    const svg = place.querySelector("svg");
    const tools = place.querySelector(".tools");
    const input = tools.querySelector("input");
    const reset = tools.querySelector("button");
    const details = place.querySelector("output");
    const frames = all("svg", svg).map((group) => ({
      group, text: group.querySelector("text"),
      name: group.dataset.name, brief: group.dataset.brief ?? group.dataset.name, at: +group.dataset.at, total: +group.dataset.total,
      self: +group.dataset.self, calls: +group.dataset.calls, depth: +group.dataset.depth,
    }));
    if (!frames.length) return;
    const whole = +svg.dataset.total;
    const everything = { at: 0, total: whole, depth: -1 };
    let opened = everything, current = frames[0], found = [];

    const share = (part) => `${((100 * part) / whole).toFixed(2)} %`;
    const words = (frame) =>
      `${frame.name}: ${number.format(frame.total)} instructions (${share(frame.total)}), ` +
      `${number.format(frame.self)} its own, called ${number.format(frame.calls)} times`;
    const holds = (outer, inner) =>
      outer.at <= inner.at && outer.at + outer.total >= inner.at + inner.total;

    const show = () => {
      const width = svg.clientWidth || 1000;
      const scale = width / opened.total;
      let rows = 1;
      for (const frame of frames) {
        const above = frame.depth < opened.depth && holds(frame, opened);
        const inside = frame.depth >= opened.depth && holds(opened, frame);
        const size = above ? width : frame.total * scale;
        frame.shown = above || (inside && size >= kNarrowest);
        frame.group.style.display = frame.shown ? "" : "none";
        if (!frame.shown) continue;
        rows = Math.max(rows, frame.depth + 1);
        const x = above ? 0 : (frame.at - opened.at) * scale;
        frame.group.classList.toggle("above", above);
        frame.group.setAttribute("x", x.toFixed(2));
        frame.group.setAttribute("width", size.toFixed(2));
        // A short name that is still too long is cut by the edge of its frame.
        frame.text.textContent = size < 3 * kCharacter + 6 ? "" :
            frame.name.length * kCharacter + 6 <= size ? frame.name : frame.brief;
      }
      svg.setAttribute("viewBox", `0 0 ${width} ${rows * kRow}`);
      svg.style.height = `${rows * kRow}px`;
      reset.disabled = opened === everything && !input.value;
    };
    const say = (frame) => {
      if (frame) details.textContent = words(frame);
      else if (input.value) {
        // What is nested in a frame that matches counts once.
        let sum = 0, end = -1;
        for (const one of [...found].sort((a, b) => a.at - b.at || b.total - a.total)) {
          if (one.at + one.total <= end) continue;
          sum += one.total;
          end = one.at + one.total;
        }
        details.textContent = `${number.format(found.length)} frames match: ` +
                              `${number.format(sum)} instructions (${share(sum)})`;
      } else details.textContent = "";
    };
    const open = (frame) => {
      opened = frame;
      show();
    };
    const search = () => {
      const query = input.value.toLowerCase();
      found = query ? frames.filter((frame) => frame.name.toLowerCase().includes(query)) : [];
      const marked = new Set(found);
      for (const frame of frames) frame.group.classList.toggle("found", marked.has(frame));
      show();
      say(null);
    };
    const clear = () => {
      input.value = "";
      opened = everything;
      search();
    };

    // One frame is reached by Tab, the others from it by the arrows.
    const go = (frame) => {
      if (!frame) return;
      current.group.setAttribute("tabindex", "-1");
      current = frame;
      current.group.setAttribute("tabindex", "0");
      current.group.focus({ preventScroll: true });
    };
    const shown = (test) => frames.filter((frame) => frame.shown && test(frame));
    const beside = (step) => {
      const row = shown((frame) => frame.depth === current.depth).sort((a, b) => a.at - b.at);
      return row[row.indexOf(current) + step];
    };
    const keys = {
      ArrowUp: () => go(shown((frame) => frame.depth === current.depth - 1 && holds(frame, current))[0]),
      ArrowDown: () => go(shown((frame) => frame.depth === current.depth + 1 && holds(current, frame))[0]),
      ArrowLeft: () => go(beside(-1)),
      ArrowRight: () => go(beside(1)),
      Enter: () => open(current),
      " ": () => open(current),
      Escape: clear,
      "/": () => input.focus(),
    };
    svg.setAttribute("role", "tree");
    for (const frame of frames) {
      frame.group.setAttribute("role", "treeitem");
      frame.group.setAttribute("aria-level", String(frame.depth + 1));
      frame.group.setAttribute("aria-label", frame.brief === frame.name ? words(frame) : `${frame.brief}, ${words(frame)}`);
      frame.group.setAttribute("tabindex", frame === current ? "0" : "-1");
      frame.group.addEventListener("click", () => {
        go(frame);
        open(frame);
      });
      frame.group.addEventListener("focus", () => say(frame));
      frame.group.addEventListener("pointerenter", () => say(frame));
    }
    svg.addEventListener("pointerleave", () => say(null));
    svg.addEventListener("keydown", (event) => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? null : keys[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
    input.addEventListener("input", search);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear();
    });
    reset.addEventListener("click", clear);
    new ResizeObserver(() => show()).observe(place);
    tools.hidden = false;
    show();
  };
  for (const place of all(".flame", document)) serve(place);
})();
