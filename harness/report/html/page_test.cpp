#include <gtest/gtest.h>

#include "base/base64.h"
#include "base/sha256.h"
#include "page/assets.h"
#include "page/html_testing.h"
#include "report/html/sections.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

using testing::AssertionResult;

AssertionResult holds(const std::string& text, std::string_view part) {
  if (text.find(part) != text.npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no '" << part << "' in:\n" << text.substr(0, 20'000);
}
std::size_t place(const std::string& text, std::string_view part) { return text.find(part); }
std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// Two boots of the host clock whose numbers differ.
RunRecord noisy_record() {
  RunRecord record = passing_record();
  record.fingerprint.clock = ClockKind::host;
  for (Timing& timing : record.boots[1].events.timings) timing.cycles += 100;
  return record;
}

TEST(HtmlReport, TheVerdictIsOnTopWithWhatRan) {
  const std::string text = render_html(passing_record());
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_TRUE(holds(text, "<title>sample: PASS</title>"));
  EXPECT_TRUE(holds(text, "<p class=\"verdict pass\"><span>PASS</span></p><h1>sample</h1>"));
  EXPECT_TRUE(holds(text,
                    "<li>2 of 2 checks passed</li><li>2 boots in 166.6 ms</li>"
                    "<li>i386 pc, tcg, QEMU 7.2.22</li><li>in instructions</li>"));
  EXPECT_LT(place(text, "<h1>"), place(text, "id=\"profile\""));
  EXPECT_LT(place(text, "id=\"profile\""), place(text, "id=\"checks\""));
}
TEST(HtmlReport, TheHeadNamesTheHostTheCommitAndTheJob) {
  const std::string text = render_html(record_of_a_job());
  EXPECT_TRUE(holds(text,
                    "<li>on build7 (node n3)</li><li>commit cccccccccccc, changed</li>"
                    "<li><a href=\"https://github.com/me/kern/actions/runs/1234\">"
                    "GitHub Actions: CI, job test, run 55</a></li>"));
  EXPECT_LT(place(text, "on build7"), place(text, "id=\"profile\""));
}
TEST(HtmlReport, AnAddressThatIsNoneIsNoLink) {
  RunRecord record = record_of_a_job();
  record.origin.address = "javascript:alert(1)";
  const std::string text = render_html(record);
  EXPECT_FALSE(holds(text, "javascript:"));
  EXPECT_TRUE(holds(text, "<li>GitHub Actions: CI, job test, run 55</li>"));
}
TEST(HtmlReport, EveryPartIsInTheMenu) {
  const std::string text = render_html(failing_record());
  for (const char* part : {"evidence", "checks", "profile", "numbers", "tests", "boots", "screen",
                           "log", "memory", "reproduce", "run"}) {
    EXPECT_TRUE(holds(text, "<a href=\"#" + std::string(part) + "\">"));
    EXPECT_TRUE(holds(text, "<section id=\"" + std::string(part) + "\">"));
  }
}
TEST(HtmlReport, AFailureComesBeforeAllOfThat) {
  const std::string text = render_html(failing_record());
  EXPECT_TRUE(holds(text, "<p class=\"reason\">profile fibonacci: calls is 9, must be 10</p>"));
  EXPECT_LT(place(text, "id=\"checks\""), place(text, "id=\"evidence\""));
  EXPECT_LT(place(text, "id=\"evidence\""), place(text, "id=\"profile\""));
  const std::size_t checks = place(text, "id=\"checks\"");
  EXPECT_LT(text.find("profile fibonacci</td>", checks), text.find("ending pass</td>", checks));
  EXPECT_TRUE(holds(text, "<div class=\"at\">scenarios/<wbr>sample.<wbr>yaml:<wbr>9:5</div>"));
}
TEST(HtmlReport, ABadEndComesBeforeTheChecksThatItMadeFail) {
  RunRecord record = failing_record();
  record.verdict.kind = record.boots[0].ending.kind = VerdictKind::panic;
  const std::string text = render_html(record);
  EXPECT_LT(place(text, "id=\"evidence\""), place(text, "id=\"checks\""));
}
TEST(HtmlReport, WhatCostsMostComesFirst) {
  RunRecord record = passing_record();
  record.boots[0].events.profiles = {{.name = "small", .calls = 1, .total = 900, .self = 100},
                                     {.name = "large", .calls = 3, .total = 300, .self = {}}};
  const std::string text = render_html(record);
  EXPECT_LT(place(text, "<td>large</td>"), place(text, "<td>small</td>"));
  EXPECT_TRUE(holds(text,
                    "<rect width=\"750.00\" height=\"10\"></rect></svg></td>"
                    "<td class=\"n\">75.0 %</td>"));
}
TEST(HtmlReport, ThePhasesOfTheGuestAreAWaterfall) {
  RunRecord record = passing_record();
  record.boots[0].events.phases = {{.name = "kernel", .cycles = 3000},
                                   {.name = "app", .cycles = 1000}};
  const std::string text = render_html(record);
  EXPECT_TRUE(holds(text, "The phases of the guest, in instructions (boot 1):"));
  EXPECT_TRUE(holds(text,
                    "<rect x=\"750.00\" width=\"250.00\" height=\"10\"></rect></svg>"
                    "<b>1,000</b>"));
}
TEST(HtmlReport, ExactNumbersNeedNoChart) {
  const std::string text = render_html(passing_record());
  EXPECT_TRUE(holds(text, "Counted exactly: the same in each of 2 boots."));
  EXPECT_FALSE(holds(text, "Chart.js"));
  EXPECT_LT(text.size(), 60u << 10);
}
TEST(HtmlReport, NumbersThatVaryComeWithIntervalsAndAChartEach) {
  const std::string text = render_html(noisy_record());
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_TRUE(
      holds(text, "<td>Init</td><td class=\"n\">1,284</td><td class=\"n\">1,234 to 1,334</td>"));
  EXPECT_TRUE(
      holds(text, "\"name\":\"Init\",\"unit\":\"cycles\",\"first\":1,\"samples\":[1234,1334]"));
  EXPECT_TRUE(holds(text, "Permission is hereby granted, free of charge"));
}
TEST(HtmlReport, ThePolicyNamesTheScriptsOfThePage) {
  const auto source = [](std::string_view text) {
    return "sha256-" + base64(sha256_bytes_of(text));
  };
  for (const RunRecord& record : {passing_record(), noisy_record()}) {
    const std::string text = render_html(record);
    EXPECT_TRUE(holds(text, "content=\"default-src 'none'; style-src 'sha256-"));
    std::size_t scripts = 0;
    for (std::size_t at = text.find("<script>"); at != text.npos; at = text.find("<script>", at)) {
      at += 8;
      EXPECT_TRUE(holds(text, source(text.substr(at, text.find("</script>", at) - at))));
      ++scripts;
    }
    EXPECT_EQ(count(text, "'sha256-"), scripts + 1) << "and of one style";
    for (const char* unsafe : {"unsafe", "http:", "*"}) {
      EXPECT_EQ(text.substr(0, text.find("<title>")).find(unsafe), text.npos);
    }
  }
}
TEST(HtmlReport, ARowForEachLineOfTheLog) {
  RunRecord record = failing_record();
  record.boots[1].trace.serial += "more\n";
  BootRecord& boot = record.boots[0];
  boot.trace.serial = "hello\r\n[TIMING] Init: 12 cycles\n[TIMING] Init: x\n\x1b[31m<b>";
  boot.trace.marks = {{7, std::chrono::microseconds{31'250}},
                      {boot.trace.serial.size(), std::chrono::microseconds{1'000'000}}};
  boot.events = collect_events(boot.trace.serial, boot.trace.marks);
  const std::string text = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_TRUE(holds(text,
                    "<div class=\"c\" id=\"L1\"><a href=\"#L1\">1</a><time>31.2</time>"
                    "<span>hello</span></div>"));
  // Everything before [BEGIN] is out of place, and says so.
  EXPECT_TRUE(holds(text,
                    "<div class=\"d\" id=\"L2\"><a href=\"#L2\">2</a><time>1000.0</time>"
                    "<span>[TIMING] Init: 12 cycles<em> ◀ protocol line before [BEGIN]</em>"));
  EXPECT_TRUE(holds(text, "<span><i>\\x1B</i>[31m&lt;b&gt;</span>"));
  EXPECT_TRUE(holds(text, "<summary>Boot 2 (pass): "));
  EXPECT_FALSE(holds(text, "are not on this page"));
}
TEST(HtmlReport, OfALongLogTheFirstAndTheLastLinesAreShown) {
  RunRecord record = passing_record();
  record.boots.resize(1);
  std::string& serial = record.boots[0].trace.serial;
  serial.clear();
  for (int i = 1; i <= 300'000; ++i) serial += "line " + std::to_string(i) + "\n";
  record.boots[0].events = collect_events(serial, {});
  const std::string text = render_html(record);
  EXPECT_TRUE(holds(text, "lines 10,001 to 290,000 are not on this page: serial.log has them"));
  EXPECT_TRUE(holds(text, "<span>line 10000</span>"));
  EXPECT_FALSE(holds(text, "<span>line 10001</span>"));
  EXPECT_TRUE(holds(text, "id=\"L290001\""));
  EXPECT_TRUE(holds(text, "<span>line 300000</span>"));
  EXPECT_EQ(count(text, "<div class=\"c\""), 20'000u);
}
TEST(HtmlReport, StaysSmallWhateverTheGuestSays) {
  RunRecord record = passing_record();
  record.boots.resize(1);
  std::string& serial = record.boots[0].trace.serial;
  // Each byte is written as a mark of its own: the longest that text can become.
  serial.clear();
  for (int i = 0; i < 16'000; ++i)
    serial += std::string(500, i % 2 == 0 ? '\x1b' : '"') + "\xFF<&\n";
  serial += std::string(8 << 20, '\x01');
  record.boots[0].events = collect_events(serial, {});
  const std::string text = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_LT(text.size(), 5u << 20);
  EXPECT_TRUE(holds(text, " are not on this page"));
  EXPECT_TRUE(holds(text, "61,536 bytes more in this line"));
}
TEST(HtmlReport, WhatWasNeverKeptIsSaidWhereItIsMissing) {
  RunRecord record = passing_record();
  record.boots.resize(1);
  Trace& trace = record.boots[0].trace;
  trace.serial = "first\nlast\n";
  trace.left_out = 1'000'000;
  trace.left_out_at = 6;
  const std::string text = render_html(record);
  const std::size_t gap = place(text, "1,000,000 bytes came here and were not kept");
  EXPECT_LT(place(text, "<span>first</span>"), gap);
  EXPECT_LT(gap, place(text, "<span>last</span>"));
}
TEST(HtmlReport, TheScreenIsAPictureAndColouredText) {
  RunRecord record = passing_record();
  std::vector<std::uint8_t>& cells = record.boots[0].trace.screen;
  cells.assign(kScreenBytes, 0);
  cells[0] = '<';
  cells[1] = 0x1A;
  const std::string text = render_html(record);
  EXPECT_TRUE(holds(text, "<img src=\"data:image/png;base64,UE5H\" alt="));
  EXPECT_TRUE(holds(text, "<pre><span class=\"f10 b1\">&lt;</span><span class=\"f0 b0\">"));
}
TEST(HtmlReport, IsAPureFunctionOfTheRecord) {
  EXPECT_EQ(render_html(noisy_record()), render_html(noisy_record()));
}
TEST(HtmlReport, OtherPartsStandAfterTheVerdict) {
  RunRecord record = passing_record();
  record.compared = "regression";
  const std::string text = render_html(
      record, {.sections = {{"baseline", "Against the baseline", html::element("p", "same")}},
               .chart_data = R"({"series": []})"});
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_TRUE(holds(text, "<a href=\"#baseline\">Against the baseline</a>"));
  EXPECT_LT(place(text, "<p>same</p>"), place(text, "id=\"profile\""));
  EXPECT_TRUE(holds(text, "<span>REGRESSION</span>"));
  EXPECT_FALSE(holds(text, "<span>PASS</span>"));  // not under a regression
  EXPECT_TRUE(holds(text, "{\"series\":[]}") || holds(text, "{\"series\": []}"));
}
TEST(HtmlReport, ARecordOfNothingIsAPage) {
  RunRecord record;
  record.verdict = {VerdictKind::harness_error, "QEMU would not start"};
  EXPECT_EQ(HtmlReader::fault_in(render_html(record)), "");
  record.boots.resize(1);
  EXPECT_EQ(HtmlReader::fault_in(render_html(record)), "");
}

}  // namespace
}  // namespace harness
