// Called by axe.sh: node axe.js AXE.min.js FOLDER PAGE.html ... Opens the pages in headless Chromium with
// axe-core in them, wide and narrow, all at once, light and then dark, and prints what was found. In a page of
// the name planted.html a field without a label and faint text must be found, else nothing is proved: exit status 3.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [library, folder, ...files] = process.argv.slice(2);
const views = files.flatMap((file) => [1200, 390].map((width) => ({ file, width })));
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/// The page in a frame of that width, which tells the document around it what was found. The page's policy
/// would refuse axe-core, so it is left out here.
const framed = ({ file, width }, index) => {
  const runner = `<script src="file://${path.resolve(library)}"></script><script>
    addEventListener("load", async () => {
      const { violations } = await axe.run(document);
      const found = violations.flatMap((one) => one.nodes.map((node) => one.id + " (" + one.impact + "): " +
        one.help + "\\n    " + node.target.join(" ")));
      parent.postMessage({ index: ${index}, found }, "*");
    });</script>`;
  const page = fs.readFileSync(file, "utf8");
  const open = page.replace("Content-Security-Policy", "nothing").replace("</body>", () => runner + "</body>");
  if (!open.includes(runner)) throw new Error(`${file}: no page of ours: it has no </body>`);
  return `<iframe title="${index}" style="border:0;width:${width}px;height:844px" srcdoc="${escaped(open)}"></iframe>`;
};

const frame = path.join(folder, "frame.html");
fs.writeFileSync(frame, `<!doctype html><html lang="en"><meta charset="utf-8"><title>axe</title>
  <script>addEventListener("message", ({ data }) => {
    const said = document.createElement("pre");
    said.textContent = "[axe " + JSON.stringify(data) + " axe]";
    document.body.append(said);
  });</script><body>${views.map(framed).join("\n")}</body>`);

const decoded = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/// What was found in each view under that colour scheme.
const answers = (scheme) => {
  const dom = execFileSync("chromium", [
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    ...(process.getuid() === 0 ? ["--no-sandbox"] : []), `--user-data-dir=${path.join(folder, "profile")}`,
    `--blink-settings=preferredColorScheme=${scheme}`, "--virtual-time-budget=60000", "--dump-dom",
    `file://${frame}`], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }).toString();
  const said = [...dom.matchAll(/<pre>\[axe (.*?) axe\]<\/pre>/gs)].map((one) => JSON.parse(decoded(one[1])));
  return views.map(({ file }, index) => {
    const answer = said.find((one) => one.index === index);
    if (!answer) throw new Error(`${file}: axe-core did not answer`);
    return answer.found;
  });
};

let faults = 0;
for (const [scheme, number] of [["dark", 0], ["light", 1]]) {
  answers(number).forEach((found, index) => {
    const { file, width } = views[index];
    if (path.basename(file) === "planted.html") {
      for (const rule of ["label", "color-contrast"]) {
        if (found.some((one) => one.startsWith(rule + " "))) continue;
        console.error(`ci/axe.js: the planted fault '${rule}' was not found (${scheme}, ${width} wide)`);
        process.exit(3);
      }
      return;
    }
    console.log(`${file}, ${scheme}, ${width} wide: ${found.length ? "" : "nothing found"}`);
    for (const one of found) console.log(`  ${one}`);
    faults += found.length;
  });
}
process.exit(faults ? 1 : 0);
