// report.html as a reader uses it: on a phone, on paper, with the keyboard. The page stands in a
// frame of another page of ours, whose script looks at it and does what a reader would.
#include "base/files.h"
#include "e2e/browser.h"
#include "e2e/e2e.h"
#include "history/entry_testing.h"
#include "history/json.h"
#include "page/xml.h"

namespace harness {
namespace {

/// What the outer page's scripts have at hand.
constexpr char kTools[] = R"(
const view = document.querySelector("iframe").contentWindow, page = view.document;
const all = (selector, root = page) => [...root.querySelectorAll(selector)];
const say = (text) => document.getElementById("said").append(text + "\n");
const press = (target, key) =>
  target.dispatchEvent(new view.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
)";

/// What `script` says of the page in a window of that width.
std::string said_of(const std::string& page, const fs::path& folder, int width,
                    const std::string& script) {
  std::ofstream(folder / "frame.html", std::ios::binary)
      << "<!doctype html><meta charset=\"utf-8\"><iframe style=\"border:0;height:844px;width:"
      << width << "px\"" << xml_attribute("srcdoc", page) << "></iframe><pre id=\"said\"></pre>"
      << "<script>addEventListener(\"load\", () => {\n"
      << kTools << script << "});</script>";
  const OpenedPage opened = open_page(address_of(folder / "frame.html"), folder);
  EXPECT_EQ(opened.messages, "");
  const std::string begin = "<pre id=\"said\">";
  const std::size_t at = opened.dom.rfind(begin) + begin.size();
  return opened.dom.substr(at, opened.dom.find("</pre>", at) - at);
}

/// The smoke scenario with its flame graph, against a baseline in which one number was another.
std::string regressed_page(const fs::path& folder) {
  const fs::path root = UNIHARNESS_SOURCE_DIR;
  std::string baseline = read_file(root / "reports/baselines/smoke.json");
  const std::string value = "\"fibonacci avg\": {\"value\":";
  const std::size_t at = baseline.find(value);
  EXPECT_NE(at, baseline.npos);
  baseline.erase(at + value.size(), 1);  // a digit: it was less
  std::ofstream(folder / "base.json") << baseline;
  const std::string scenario = scenario_file("smoke");
  EXPECT_EQ(uniharness({"profile", scenario, "--no-build", "--out", folder / "out"}).exit_status,
            0);
  uniharness({"gate", scenario, "--no-build", "--baseline", folder / "base.json", "--out",
              folder / "out", "--clock", "counted", "--ignore-fingerprint"});
  return read_file(folder / "out/report.html");
}

struct ReportPage : testing::Test {
  void SetUp() override {
    if (!has_browser()) GTEST_SKIP() << "chromium is not installed: ci/setup.sh installs it";
  }
};

TEST_F(ReportPage, IsReadOnAPhoneOnPaperAndWithTheKeyboard) {
  const fs::path folder = fresh_folder();
  const std::string page = regressed_page(folder);
  const std::string said = said_of(page, folder, 390, R"js(
    // No word of ours is broken in the middle, and the page as a whole does not scroll sideways.
    let words = 0;
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.parentElement.checkVisibility() || node.parentElement.closest("pre, .log, svg, .skip, script, style")) continue;
      for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
        if (word.length > 14) continue;
        const range = new view.Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        ++words;
        if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1) say(`broken: ${word}`);
      }
    }
    say(`many words: ${words > 300}`);
    say(`overflow: ${page.documentElement.scrollWidth - page.documentElement.clientWidth}`);

    // The cause is on the first screen: the function that moved, and the number that did.
    const reason = page.querySelector("header .reason");
    say(`cause: ${reason.getBoundingClientRect().bottom < 844 && reason.textContent.includes("fibonacci avg")}`);

    // What did not change is folded, and a box unfolds it; a column sorts by its value.
    const rows = () => all("#baseline tbody tr").filter((row) => !row.hidden);
    const before = rows().length;
    const box = page.querySelector("#baseline input[value=same]");
    say(`unchanged at first: ${box.checked}, rows: ${before < 5}`);
    box.click();
    say(`then more: ${rows().length > before + 5}`);
    all("#baseline th button").find((one) => one.textContent === "Now").click();
    const values = rows().map((row) => Number(row.cells[3].querySelector("data")?.value ?? 0));
    say(`sorted: ${values.every((value, at) => at === 0 || values[at - 1] <= value)}`);

    // The flame graph: opened by a key, searched, and all of it again.
    const frames = () => all(".flame svg svg").filter((one) => one.style.display !== "none");
    const svg = page.querySelector(".flame svg"), width = (one) => Number(one.getAttribute("width"));
    const narrow = frames().find((one) => one.dataset.name === "sum_to_n");
    const whole = frames().length, narrowed = width(narrow);
    narrow.dispatchEvent(new view.MouseEvent("click", { bubbles: true }));
    say(`opened: ${width(narrow) > narrowed && Math.abs(width(narrow) - svg.clientWidth) < 1 && frames().length < whole}`);
    press(narrow, "ArrowUp");
    say(`caller: ${page.activeElement.dataset.depth == narrow.dataset.depth - 1}`);
    press(page.activeElement, "Escape");
    say(`all again: ${frames().length === whole && width(narrow) === narrowed}`);
    const search = page.querySelector(".flame input");
    search.value = "SUM_TO";
    search.dispatchEvent(new view.Event("input"));
    say(`found: ${all(".flame svg svg.found").every((one) => one.dataset.name === "sum_to_n")}, ` +
        page.querySelector(".flame output").textContent.replace(/[\d,.]+/g, "N"));

    // Times in the reader's own form, the recorded one where one points.
    const time = page.querySelector("header time");
    say(`time: ${time.title === time.dateTime + " (UTC)" && time.textContent !== time.dateTime}`);

    // On paper.
    view.dispatchEvent(new view.Event("beforeprint"));
    for (const sheet of page.styleSheets) {
      for (const rule of sheet.cssRules) if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
    }
    say(`unfolded: ${all("details:not([open])").length === 0 && all("#baseline tbody tr[hidden]").length === 0}`);
    const log = page.getElementById("lines");
    say(`log: ${log.scrollHeight === log.clientHeight && [...log.children].every((line) => line.lastElementChild.checkVisibility({ contentVisibilityAuto: true }))}`);
    say(`menu: ${view.getComputedStyle(page.querySelector("nav")).display}`);
    const heads = all("#baseline thead th");
    say(`heads: ${heads.length > 4 && heads.every((one) => one.textContent.trim() === "" || one.innerText.trim() !== "")}`);
    say(`rows: ${view.getComputedStyle(page.querySelector("#baseline tbody tr")).breakInside}`);
    say(`first page: ${all("main > section").every((one) => view.getComputedStyle(one).breakInside === "auto")}`);
    view.dispatchEvent(new view.Event("afterprint"));
    say(`as before: ${page.documentElement.dataset.printing === undefined}`);
  )js");
  EXPECT_EQ(said,
            "many words: true\noverflow: 0\ncause: true\n"
            "unchanged at first: false, rows: true\nthen more: true\nsorted: true\n"
            "opened: true\ncaller: true\nall again: true\n"
            "found: true, N frames match: N instructions (N %)\n"
            "time: true\n"
            "unfolded: true\nlog: true\nmenu: none\nheads: true\nrows: avoid\n"
            "first page: true\nas before: true\n");
}

// What failed is read without scrolling, and a frame of a crash breaks where its parts do.
TEST_F(ReportPage, AFailureIsReadOnTheFirstScreen) {
  const fs::path folder = fresh_folder();
  run_scenario("misbehaving/failing-tests", folder / "tests");
  const std::string tests = said_of(read_file(folder / "tests/report.html"), folder, 390, R"js(
    const first = page.querySelector("#tests article pre");
    say(`in sight: ${first.getBoundingClientRect().top < 844}`);
    say(`wide: ${first.clientWidth > 300}, page ${page.documentElement.scrollWidth - page.documentElement.clientWidth}`);
    say(first.textContent.split("\n")[0]);
  )js");
  EXPECT_EQ(tests, "in sight: true\nwide: true, page 0\nfailing_tests.cpp:11: Failure\n");
  run_scenario("misbehaving/exception", folder / "crash");
  const std::string crash = said_of(read_file(folder / "crash/report.html"), folder, 390, R"js(
    const reason = page.querySelector("header .reason"), frame = page.querySelector(".frames span");
    say(`in sight: ${reason.getBoundingClientRect().bottom < 400 && frame.getBoundingClientRect().bottom < 844}`);
    say(reason.textContent.replace(/at .*\//, "at "));
    const style = view.getComputedStyle(frame);
    say(`set in: ${parseFloat(style.paddingLeft) === -parseFloat(style.textIndent) && style.display === "block"}`);
  )js");
  EXPECT_EQ(crash,
            "in sight: true\nexception 6 (invalid opcode), in execute_nonsense() at "
            "guest_exception.cpp:6\nset in: true\n");
}

// Dark colours are for screens, whatever the reader's system says: paper is white.
TEST_F(ReportPage, OnPaperIsLightWhereTheSystemIsDark) {
  const fs::path folder = fresh_folder();
  run_scenario("smoke", folder / "out");
  const std::string said = said_of(read_file(folder / "out/report.html"), folder, 1200, R"js(
    const dark = [];
    for (const rule of page.styleSheets[0].cssRules) {
      if (rule.media?.mediaText.includes("dark")) dark.push(rule);
    }
    const ground = () => view.getComputedStyle(page.documentElement).getPropertyValue("--ground");
    const light = ground();
    say(dark.map((rule) => rule.media.mediaText).join());
    for (const rule of dark) rule.media.mediaText = "all";  // a system that is dark
    say(`dark: ${ground() !== light}`);
    view.dispatchEvent(new view.Event("beforeprint"));
    say(`on paper: ${ground() === light}`);
  )js");
  EXPECT_EQ(said, "screen and (prefers-color-scheme: dark)\ndark: true\non paper: true\n");
}

// A run of the history is known by its day and its commit, and there is no half of an instruction.
TEST_F(ReportPage, AHistoryHasDaysCommitsAndWholeInstructionsAtItsAxes) {
  const fs::path folder = fresh_folder();
  std::string lines;
  for (const history::Entry& entry : history::sample_entries({2842, 2842, 2842, 2843, 2843})) {
    lines += history::to_line(entry);
  }
  std::ofstream(folder / "lines.json") << lines;
  ASSERT_EQ(uniharness({"history", "import", "lines.json", "--db", "h.db"}, folder).exit_status, 0);
  uniharness({"history", "fibonacci avg", "--db", "h.db", "--html", "page.html"}, folder);
  const std::string said = said_of(read_file(folder / "page.html"), folder, 1200, R"js(
    const { x, y } = view.Chart.getChart(page.querySelector("canvas")).scales;
    const runs = x.ticks.map(({ label }) => label).filter(Array.isArray);
    say(`runs: ${runs.length}, days: ${runs.every(([day]) => /\b20\d\d\b/.test(day))}`);
    say(`commits: ${runs.map(([, commit]) => commit).join(" ")}`);
    say(`instructions: ${y.ticks.map(({ label }) => label).join(" ")}`);

    // A chart that was drawn for a wide window is drawn again for paper.
    const fits = () => page.querySelector("canvas").clientWidth <= 640;
    say(`fits: ${fits()}`);
    view.dispatchEvent(new view.Event("beforeprint"));
    say(`on paper: ${fits()}`);
    view.dispatchEvent(new view.Event("afterprint"));
    say(`then: ${fits()}`);
  )js");
  EXPECT_EQ(said,
            "runs: 5, days: true\n"
            "commits: 0000000000 0000000000+ 0000000000 0000000000+ 0000000000\n"
            "instructions: 2,842 2,843\n"
            "fits: false\non paper: true\nthen: false\n");
}

}  // namespace
}  // namespace harness
