#include "report/crash.h"

#include <gtest/gtest.h>

#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

CrashSite sample_site() {
  return {.symbols = "images/k.elf",
          .frames = {{.address = 0x100153,
                      .function = "run(kernel::System&)",
                      .offset = 0x13,
                      .file = "app/guest.cpp",
                      .line = 15},
                     {.address = 0x10012E, .function = "kernel_start", .offset = 0x2E},
                     {.address = 0xFFFFFFFF80001234}},
          .registers = {{"eax", 1}, {"cr2", 0xDEAD}},
          .instruction = "mov dword ptr [eax], 1"};
}

/// A run that ended in a panic with that place.
RunRecord crashed_record(CrashSite site) {
  RunRecord record = passing_record();
  record.boots.pop_back();
  BootRecord& boot = record.boots.front();
  boot.ending = {VerdictKind::panic, "exception 14 (page fault): eip=0x100153"};
  boot.events.panics = {"exception 14 (page fault): eip=0x100153"};
  boot.crash_site = std::move(site);
  record.verdict = boot.ending;
  return record;
}

TEST(Crash, FramesNameFunctionOffsetAndPlace) {
  EXPECT_EQ(crash_lines(sample_site()),
            (std::vector<std::string>{"#0 0x00100153 run(kernel::System&)+0x13 at app/guest.cpp:15",
                                      "#1 0x0010012e kernel_start+0x2e", "#2 0xffffffff80001234",
                                      "instruction: mov dword ptr [eax], 1"}));
  EXPECT_EQ(register_lines(sample_site()),
            (std::vector<std::string>{"eax=0x00000001  cr2=0x0000dead"}));
  EXPECT_EQ(crash_place_text(sample_site()), "run(kernel::System&) at app/guest.cpp:15");
}

TEST(Crash, ARecursionIsOneLine) {
  CrashSite site{.symbols = "k.elf"};
  for (const std::uint64_t address : {1u, 2u, 2u, 2u, 3u})
    site.frames.push_back({.address = address});
  EXPECT_EQ(crash_lines(site), (std::vector<std::string>{"#0 0x00000001", "#1 0x00000002 (3 times)",
                                                         "#4 0x00000003"}));
}

TEST(Crash, WithoutSymbolsTheNextStepIsSaid) {
  const CrashSite site{.frames = {{.address = 5}}};
  EXPECT_EQ(crash_lines(site).back(), "no symbols: image.symbols names the ELF file that has them");
  EXPECT_EQ(crash_place_text(site), "");
}

TEST(Crash, OfAGuestThatWasEndedOrResetIsNoCrash) {
  RunRecord record = crashed_record(sample_site());
  BootRecord& boot = record.boots.front();
  boot.events.panics.clear();
  boot.ending = record.verdict = {VerdictKind::idle, "silent for 3 s"};
  const std::string hung = render_console_report(record, false, 100);
  EXPECT_NE(hung.find("boot 1 was here when it was ended:"), hung.npos) << hung;
  EXPECT_NE(hung.find("in run(kernel::System&) at app/guest.cpp:15"), hung.npos);
  boot.ending.kind = record.verdict.kind = VerdictKind::reset;
  EXPECT_EQ(crash_words(boot).did, "reset the machine here");
  record.stated_ending = VerdictKind::reset;
  EXPECT_EQ(first_place(record), "") << "it was to end so";
}

TEST(Crash, StandsInEveryReport) {
  const RunRecord record = crashed_record(sample_site());
  for (std::string report : {render_console_report(record, false, 80), render_markdown(record),
                             render_junit(record), render_html(record)}) {
    // Where a page may break a name is no part of it.
    for (std::size_t at; (at = report.find("<wbr>")) != report.npos;) report.erase(at, 5);
    EXPECT_TRUE(report.find("run(kernel::System&amp;)+0x13 at app/guest.cpp:15") != report.npos ||
                report.find("run(kernel::System&)+0x13 at app/guest.cpp:15") != report.npos)
        << report.substr(0, 300);
    EXPECT_NE(report.find("mov dword ptr [eax], 1"), report.npos) << report.substr(0, 300);
    EXPECT_NE(report.find("cr2"), report.npos) << report.substr(0, 300);
  }
}

TEST(Crash, TheHeadOfAReportHasReasonAndPlaceInOneSentenceWithoutRegisters) {
  const RunRecord record = crashed_record(sample_site());
  EXPECT_EQ(head_reason(record),
            "exception 14 (page fault), in run(kernel::System&) at app/guest.cpp:15");
  EXPECT_EQ(render_markdown(record).find("eip=0x100153"), std::string::npos)
      << "the registers have a table";
}

TEST(Crash, OfWhichNoPlaceIsKnownKeepsItsRegistersInTheHead) {
  RunRecord record = crashed_record({});
  record.boots.front().crash_site.reset();
  EXPECT_EQ(head_reason(record), "exception 14 (page fault): eip=0x100153");
  // An address without symbols is a place, and the next step stands beside it.
  record = crashed_record({.frames = {{.address = 0x100153}}, .registers = {{"eip", 0x100153}}});
  EXPECT_EQ(head_reason(record),
            "exception 14 (page fault), at 0x00100153 (no symbols: image.symbols names the ELF "
            "file that has them)");
}

/// A run in which these tests failed, and what they printed.
RunRecord failed_record(const std::string& log, const std::string& reason) {
  RunRecord record = passing_record();
  record.boots = {sample_boot(1, log)};
  record.verdict = record.boots[0].ending = {VerdictKind::fail, reason};
  return record;
}

TEST(Head, ATestThatFailedNamesThePlaceAndWhatItSaid) {
  const auto head = [](const std::string& printed) {
    return head_reason(failed_record("[BEGIN] protocol=1 image=k boot=disk tests=1 metrics=0\n" +
                                         printed + "[TEST] adds: fail iterations=1 result=41\n",
                                     "failed tests: adds"));
  };
  EXPECT_EQ(head("adds.cpp:9: 7 * 6 is 41\n"), "failed tests: adds, at adds.cpp:9: 7 * 6 is 41");
  EXPECT_EQ(head("adds.cpp:9: Failure\nExpected: 42\n"), "failed tests: adds, at adds.cpp:9");
  EXPECT_EQ(head("a/adds.cpp:9:5: error: no\n"), "failed tests: adds, at a/adds.cpp:9: error: no");
  EXPECT_EQ(head("it is wrong\n"), "failed tests: adds, with the result 41");
}

TEST(Head, OfSeveralTestsTheFirstWithAPlaceIsNamed) {
  const RunRecord record = failed_record(
      "[BEGIN] protocol=1 image=k boot=disk tests=2 metrics=0\n"
      "[TEST] adds: fail iterations=1 result=41\n"
      "mul.c:3: wrong\n"
      "[TEST] mul: fail iterations=1 result=0\n",
      "failed tests: adds, mul");
  EXPECT_EQ(head_reason(record), "failed tests: adds, mul, of which mul at mul.c:3");
  EXPECT_EQ(first_place(passing_record()), "");
}

TEST(Head, OfARegressionIsWhatTheGateFound) {
  RunRecord record = passing_record();
  record.compared = "regression";
  record.compared_why = "f: 10 → 11 own instructions (+1) in 1 call; so <b>avg";
  EXPECT_EQ(head_reason(record), record.compared_why);
  const std::string page = render_html(record),
                    text = render_markdown(record, 65'000, "## Moved\n");
  EXPECT_NE(page.find("class=\"reason\">f: 10 → 11 own"), page.npos);
  EXPECT_EQ(page.find("<b>avg"), page.npos);
  EXPECT_NE(text.find("**REGRESSION**: f: 10 → 11 own instructions"), text.npos) << text;
  EXPECT_LT(text.find("## Moved"), text.find("## Checks")) << text;
}

TEST(Crash, AFrameThatTakesSeveralLinesIsSetIn) {
  CrashSite site = sample_site();
  site.frames[0].file = "a/long/way/down/to/the/folder/of/the/app/guest.cpp";
  const std::string text = render_console_report(crashed_record(site), false, 60);
  EXPECT_NE(text.find("\n    #0 0x00100153 run(kernel::System&)+0x13 at\n"
                      "       a/long/way/down/to/the/folder/of/the/app/guest.cpp:15\n"
                      "    #1 "),
            text.npos)
      << text;
}

TEST(Crash, HostileSymbolsDoNothingToATerminalOrAPage) {
  CrashSite site = sample_site();
  site.symbols = site.instruction = kHostile;
  site.frames[0].function = site.frames[0].file = kHostile;
  site.registers[0].name = kHostile;
  const RunRecord record = crashed_record(site);
  EXPECT_EQ(render_console_report(record, false, 80).find('\x1b'), std::string::npos);
  EXPECT_EQ(render_html(record).find("<script>alert"), std::string::npos);
}

TEST(Crash, ItsPlaceStandsInTheVerdictOnATerminal) {
  const std::string text = render_console_report(crashed_record(sample_site()), false, 80);
  EXPECT_NE(text.find("PANIC  sample: exception 14 (page fault)\n"
                      "       in run(kernel::System&) at app/guest.cpp:15\n"),
            text.npos)
      << text;
}

TEST(Console, AFailureIsSaidInOneSentenceBeforeTheFigures) {
  RunRecord record = passing_record();
  record.verdict = {VerdictKind::fail, "failed tests: adds"};
  for (BootRecord& boot : record.boots) boot.ending = record.verdict;
  const std::string text = render_console_report(record, false, 80);
  const std::size_t verdict = text.rfind("FAIL  sample: failed tests: adds\n");
  ASSERT_NE(verdict, text.npos) << text;
  EXPECT_EQ(text.substr(verdict),
            "FAIL  sample: failed tests: adds\n      2 of 2 checks passed, 2 boots in 166.6 ms\n");
}

}  // namespace
}  // namespace harness
