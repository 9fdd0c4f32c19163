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
  EXPECT_EQ(crash_place_text(record), "") << "it was to end so";
}

TEST(Crash, StandsInEveryReport) {
  const RunRecord record = crashed_record(sample_site());
  for (const std::string& report :
       {render_console_report(record, false, 80), render_markdown(record), render_junit(record),
        render_html(record)}) {
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
