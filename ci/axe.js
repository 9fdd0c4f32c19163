// Called by axe.sh: node axe.js AXE.min.js FOLDER PAGE.html ... Opens each page in headless Chromium with
// axe-core in it, light and dark, wide and narrow, and prints what was found.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [library, folder, ...pages] = process.argv.slice(2);
const axe = fs.readFileSync(library, "utf8");

/// The page in a frame of that width. Its policy would refuse axe-core, so it is left out here.
const framed = (page, width) => {
  const runner = `<script>${axe}</script><script>
    addEventListener("load", async () => {
      const { violations } = await axe.run(document);
      const found = violations.flatMap((one) => one.nodes.map((node) => one.id + " (" + one.impact + "): " +
        one.help + "\\n    " + node.target.join(" ")));
      parent.postMessage(found, "*");
    });</script>`;
  const open = page.replace("Content-Security-Policy", "nothing").replace("</body>", () => runner + "</body>");
  if (!open.includes(runner)) throw new Error("no page of ours: it has no </body>");
  const source = open.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>axe</title>
    <iframe title="page" style="border:0;width:${width}px;height:844px" srcdoc="${source}"></iframe>
    <script>addEventListener("message", ({ data }) => {
      const said = document.createElement("pre");
      said.textContent = "[axe " + JSON.stringify(data) + " axe]";
      document.body.append(said);
    });</script>`;
};

const decoded = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

let faults = 0;
for (const file of pages) {
  const page = fs.readFileSync(file, "utf8");
  for (const width of [1200, 390]) {
    const frame = path.join(folder, "frame.html");
    fs.writeFileSync(frame, framed(page, width));
    for (const [scheme, number] of [["dark", 0], ["light", 1]]) {
      const dom = execFileSync("chromium", [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        ...(process.getuid() === 0 ? ["--no-sandbox"] : []), `--user-data-dir=${path.join(folder, "profile")}`,
        `--blink-settings=preferredColorScheme=${number}`, "--virtual-time-budget=60000", "--dump-dom",
        `file://${frame}`], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }).toString();
      const said = dom.match(/<pre>\[axe (.*) axe\]<\/pre>/s);
      if (!said) throw new Error(`${file}: axe-core did not answer`);
      const found = JSON.parse(decoded(said[1]));
      console.log(`${file}, ${scheme}, ${width} wide: ${found.length ? "" : "nothing found"}`);
      for (const one of found) console.log(`  ${one}`);
      faults += found.length;
    }
  }
}
process.exit(faults ? 1 : 0);
