// report.html in a browser: a guest that says what would run cannot make it run, every part is
// there, and the page's own scripts work without a complaint.
#include <algorithm>
#include <fstream>

#include "base/files.h"
#include "e2e/browser.h"
#include "e2e/e2e.h"
#include "history/entry_testing.h"
#include "history/json.h"

namespace harness {
namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}
testing::AssertionResult holds(const std::string& text, std::string_view part) {
  if (text.find(part) != text.npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no '" << part << "' in:\n" << text.substr(0, 400);
}
void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}
std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return text.replace(at, what.size(), by);
}

struct Html : testing::Test {
  void SetUp() override {
    if (!has_browser()) GTEST_SKIP() << "chromium is not installed: ci/setup.sh installs it";
  }
};

TEST_F(Html, NothingThatAGuestSaysRuns) {
  const fs::path folder = fresh_folder();
  EXPECT_EQ(run_scenario("misbehaving/html-payload", folder).exit_status, 1);
  const OpenedPage page = open_page(address_of(folder / "report.html"), folder);
  EXPECT_EQ(page.messages, "");
  EXPECT_TRUE(holds(page.dom, "<title>html-payload: FAIL</title>"));
  EXPECT_EQ(page.dom.find("data-injected"), std::string::npos);
  // Of what makes a page do something, only our own; text has "&lt;" where these have "<".
  constexpr std::pair<const char*, std::size_t> ours[] = {
      {"<script", 1}, {"<style", 1}, {"<img", 1},  {"<meta", 5},  {"<link", 1},
      {"<iframe", 0}, {"<base", 0},  {"<form", 0}, {"<svg o", 0}, {"<b o", 0}};
  for (const auto& [tag, times] : ours) EXPECT_EQ(count(page.dom, tag), times) << tag;
  // And it is all there to be read, in the order in which it was said.
  EXPECT_TRUE(holds(page.dom, "&lt;/script&gt;&lt;script&gt;document.documentElement"));
  EXPECT_TRUE(holds(page.dom, "{{script}} {{sections}} ${document.title='INJECTED'}"));
  EXPECT_TRUE(holds(page.dom, "<i>\\xE2\\x80\\xAE</i>txet desrever"));
  EXPECT_TRUE(holds(page.dom, "<i>\\x1B</i>[31m<i>\\x1B</i>]0;INJECTED<i>\\x07\\x1B</i>"));
}

// What the test above looks for is found where something was let through, and even then the page's
// policy stops it.
TEST_F(Html, AHoleWouldBeSeenAndThePolicyWouldHold) {
  const fs::path folder = fresh_folder();
  run_scenario("misbehaving/html-payload", folder);
  const std::string page = read_file(folder / "report.html");
  const std::string payload = "<script>document.documentElement.dataset.injected=1</script>";
  const std::string hole = replaced(page, "<main id=\"content\">", "<main>" + payload);
  write(folder / "hole.html", hole);
  const OpenedPage held = open_page(address_of(folder / "hole.html"), folder);
  EXPECT_EQ(held.dom.find("data-injected"), std::string::npos);
  EXPECT_TRUE(holds(held.messages, "Content Security Policy"));
  EXPECT_EQ(count(held.dom, "<script"), 2u);

  write(folder / "open.html", replaced(hole, "Content-Security-Policy", "nothing"));
  EXPECT_TRUE(holds(open_page(address_of(folder / "open.html"), folder).dom, "data-injected"));
}

TEST_F(Html, EveryPartIsThereAndTheChartsAreDrawn) {
  const fs::path folder = fresh_folder();
  ASSERT_EQ(run_scenario("session20", folder, {"--clock", "host", "--boots", "3"}).exit_status, 1);
  // The search is in the address: what scripts do to the log can be seen in the page.
  const OpenedPage page = open_page(address_of(folder / "report.html") + "#find=FIBONACCI", folder);
  EXPECT_EQ(page.messages, "");
  for (const char* part : {"evidence", "checks", "profile", "numbers", "tests", "boots", "screen",
                           "log", "memory", "reproduce", "run"}) {
    EXPECT_TRUE(holds(page.dom, "<section id=\"" + std::string(part) + "\">"));
  }
  EXPECT_GT(count(page.dom, "<canvas"), 5u);
  const std::size_t begin = page.dom.find("id=\"lines\"");
  const std::string log = page.dom.substr(begin, page.dom.find("<details>", begin) - begin);
  const std::string serial = read_file(folder / "serial.log");
  const auto lines = static_cast<std::size_t>(std::ranges::count(serial, '\n'));
  EXPECT_EQ(count(log, "<time>"), lines);
  EXPECT_GT(count(log, " hidden=\"\"><a"), lines / 2);
  EXPECT_LT(count(log, " hidden=\"\"><a"), lines);
  EXPECT_TRUE(holds(page.dom, " of " + std::to_string(lines) + " lines</output>"));
  EXPECT_EQ(count(page.dom, "<button type=\"button\">Copy</button>"), 3u);
}

TEST_F(Html, AHistoryIsDrawnWithItsSteps) {
  const fs::path folder = fresh_folder();
  std::string lines;
  for (const history::Entry& entry : history::sample_entries({2842, 2842, 2842, 2901, 2901})) {
    lines += history::to_line(entry);
  }
  write(folder / "lines.json", lines);
  const auto db = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "history");
    words.insert(words.end(), {"--db", "history.db"});
    return uniharness(words, folder);
  };
  ASSERT_EQ(db({"import", "lines.json"}).exit_status, 0);
  const CommandResult shown = db({"fibonacci avg", "--html", "page.html"});
  EXPECT_EQ(shown.exit_status, 0) << shown.output_tail;
  EXPECT_TRUE(holds(shown.output_tail, "page: page.html\n"));
  EXPECT_EQ(db({"--html", "page.html"}).exit_status, 2);

  const OpenedPage page = open_page(address_of(folder / "page.html"), folder);
  EXPECT_EQ(page.messages, "");
  EXPECT_EQ(count(page.dom, "<canvas"), 1u);
  EXPECT_TRUE(holds(page.dom, "0000000000 → 0000000000+"));
}

TEST_F(Html, ALogOf16MegabytesOpens) {
  const fs::path folder = fresh_folder();
  std::string log;
  for (int i = 0; log.size() < 16u << 20; ++i)
    log += "<line> " + std::to_string(i) + " & more of it\n";
  write(folder / "serial.bin", log);
  write(folder / "s.yaml",
        "name: long\nimage: {kernel: k.elf}\nboots: 1\nchecks:\n  - clean: true\n");
  uniharness({"replay", "serial.bin", "--scenario", "s.yaml", "--out", "out"}, folder);
  EXPECT_LT(fs::file_size(folder / "out/report.html"), 4u << 20);
  const OpenedPage page = open_page(address_of(folder / "out/report.html"), folder);
  EXPECT_EQ(page.messages, "");
  EXPECT_TRUE(holds(page.dom.substr(page.dom.find("id=\"lines\"")), "not on this page"));
  EXPECT_TRUE(holds(page.dom, "20,000 lines</output>"));
}

}  // namespace
}  // namespace harness
