// The fixed parts of the flame graph: its style and its script. The picture stands without the
// script; with it, frames can be opened and searched.
#pragma once

namespace harness::profile {

// Frames are told apart by hue; their text is dark on light hues in both themes, so that only what
// is around them has to follow the theme.
inline constexpr char kFlameStyle[] = R"(
svg { --page: #ffffff; --ink: #1c1c1c; --dim: #5a5a5a; --line: #c9c9c9; background: var(--page);
      font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 12px; }
@media (prefers-color-scheme: dark) {
  svg { --page: #16181c; --ink: #ececec; --dim: #a8a8a8; --line: #4a4d55; }
}
text { fill: var(--ink); }
text.dim { fill: var(--dim); }
text.title { font-size: 15px; font-weight: bold; }
.frame { cursor: pointer; }
.frame rect { stroke: var(--page); stroke-width: 0.6; }
.frame text { fill: #16181c; pointer-events: none; }
.frame:hover rect, .frame:focus rect { stroke: var(--ink); stroke-width: 1.4; }
.frame:focus { outline: none; }
.above rect { opacity: 0.55; }
.found rect { fill: #c05cff; }
.found text { fill: #ffffff; }
svg:not(.live) .live { display: none; }
.button { cursor: pointer; text-decoration: underline; }
input { font: inherit; width: 250px; box-sizing: border-box; padding: 2px 6px; color: var(--ink);
        background: var(--page); border: 1px solid var(--line); border-radius: 3px; }
)";

// Each frame carries at, total and depth as data. Opening one scales it to the whole width: what is
// above it is shown at full width and pale, what is beside it is hidden.
inline constexpr char kFlameScript[] = R"(
"use strict";
(() => {
  const svg = document.currentScript.closest("svg");
  svg.classList.add("live");
  const width = 1180, left = 10, character = 7.3;
  const frames = [...svg.querySelectorAll(".frame")].map((group) => ({
    group, rect: group.querySelector("rect"), text: group.querySelector("text"),
    name: group.dataset.name, brief: group.dataset.brief || group.dataset.name, at: +group.dataset.at, total: +group.dataset.total,
    depth: +group.dataset.depth,
  }));
  const whole = +svg.dataset.total;
  const details = svg.querySelector("#details"), matched = svg.querySelector("#matched");
  const input = svg.querySelector("input");
  const number = (n) => n.toLocaleString("en-US");
  const share = (n) => (100 * n / whole).toFixed(2) + " %";
  const all = { at: 0, total: whole, depth: -1, name: "all" };

  function show(opened) {
    const scale = width / opened.total;
    for (const frame of frames) {
      const above = frame.depth < opened.depth && frame.at <= opened.at &&
                    frame.at + frame.total >= opened.at + opened.total;
      const inside = frame.depth >= opened.depth && frame.at >= opened.at &&
                     frame.at + frame.total <= opened.at + opened.total;
      const size = above ? width : frame.total * scale;
      const visible = above || (inside && size >= 0.3);
      frame.group.style.display = visible ? "" : "none";
      if (!visible) continue;
      frame.group.classList.toggle("above", above);
      const x = above ? left : left + (frame.at - opened.at) * scale;
      frame.rect.setAttribute("x", x.toFixed(2));
      frame.rect.setAttribute("width", size.toFixed(2));
      const room = Math.floor((size - 6) / character);
      frame.text.setAttribute("x", (x + 3).toFixed(2));
      frame.text.textContent = room < 3 ? "" :
        frame.name.length <= room ? frame.name :
        frame.brief.length <= room ? frame.brief : frame.brief.slice(0, room - 2) + "..";
    }
    details.textContent = opened.depth < 0 ? "" :
      "opened: " + opened.name + ", " + number(opened.total) + " instructions, " +
      share(opened.total);
  }

  // Instructions in frames that match, each counted once however many of them are nested.
  function search(word) {
    let sum = 0, end = -1;
    const found = [];
    for (const frame of frames) {
      const hit = word !== "" && frame.name.toLowerCase().includes(word.toLowerCase());
      frame.group.classList.toggle("found", hit);
      if (hit) found.push(frame);
    }
    found.sort((a, b) => a.at - b.at || b.total - a.total);
    for (const frame of found) {
      if (frame.at + frame.total <= end) continue;
      sum += frame.total;
      end = frame.at + frame.total;
    }
    matched.textContent = word === "" ? "" :
      number(sum) + " instructions, " + share(sum) + " match";
  }

  for (const frame of frames) {
    frame.group.addEventListener("click", () => show(frame));
    frame.group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(frame); }
    });
  }
  svg.querySelector("#all").addEventListener("click", () => show(all));
  input.addEventListener("input", () => search(input.value));
  svg.ownerDocument.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { input.value = ""; search(""); show(all); }
    if (event.key === "/" && event.target !== input) { event.preventDefault(); input.focus(); }
  });
  show(frames.find((frame) => frame.group.dataset.first === "1") || all);
})();
)";

}  // namespace harness::profile
