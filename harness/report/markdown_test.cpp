#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "page/markdown_text.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

using testing::AssertionResult;

AssertionResult holds(const std::string& text, std::string_view part) {
  if (text.find(part) != text.npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no '" << part << "' in:\n" << text;
}
std::size_t place(const std::string& text, std::string_view part) { return text.find(part); }

/// The lines outside code blocks.
std::vector<std::string> prose(const std::string& markdown) {
  std::vector<std::string> lines;
  std::istringstream stream(markdown);
  std::string fence;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (fence.empty() && ticks >= 3) {
      fence = line.substr(0, ticks);
    } else if (fence.empty()) {
      lines.push_back(line);
    } else if (line == fence) {
      fence.clear();
    }
  }
  EXPECT_EQ(fence, "") << "a code block never ends";
  return lines;
}

/// Borders of a table row: "|" without a backslash of its own before it.
std::size_t borders(std::string_view line) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      ++count;
    }
  }
  return count;
}

TEST(Markdown, TheVerdictIsOnTopThenTheChecks) {
  const std::string text = render_markdown(passing_record());
  EXPECT_TRUE(text.starts_with("# sample: PASS\n\n**PASS**: "));
  EXPECT_TRUE(holds(text,
                    "2 of 2 checks passed · 2 boots in 166.6 ms · i386 pc, tcg, QEMU 7.2.22 · "
                    "numbers of the guest in instructions\n"));
  EXPECT_TRUE(holds(text,
                    "## Checks\n\n"
                    "|  | Check | Measured |\n"
                    "| --- | --- | --- |\n"
                    "| ✓ | ending pass | pass |\n"
                    "| ✓ | profile fibonacci | calls 10, avg 900 instructions |\n"));
  EXPECT_LT(place(text, "## Checks"), place(text, "## Measurements"));
  EXPECT_LT(place(text, "## Measurements"), place(text, "## This run"));
}
TEST(Markdown, AFailureSaysWhyBeforeAnythingElseAndShowsTheOutput) {
  const std::string text = render_markdown(failing_record());
  EXPECT_TRUE(text.starts_with("# sample: FAIL\n"));
  EXPECT_TRUE(holds(text,
                    "\n**FAIL**: profile fibonacci: calls is 9, must be 10\n\n"
                    "What FAIL means: the guest said so, or a check failed.\n"));
  EXPECT_TRUE(holds(text,
                    "| ✗ | profile fibonacci | calls 9, avg 900 instructions | calls is 9, must "
                    "be 10 (scenarios/sample.yaml:9:5) |\n"));
  EXPECT_TRUE(holds(text, "## What boot 1 said\n"));
  EXPECT_TRUE(holds(text, "[TEST] fibonacci: pass iterations=10 result=55\n"));
}
TEST(Markdown, APassDoesNotRepeatTheSerialLog) {
  EXPECT_FALSE(holds(render_markdown(passing_record()), "## What boot"));
}

TEST(Markdown, FactsOfTheRunAreAllThere) {
  const std::string text = render_markdown(passing_record());
  for (const char* row : {
           "| Scenario | scenarios/sample.yaml |",
           "| About | a session with a line of every kind |",
           "| Started | 2026-01-02T03:04:05Z |",
           "| Machine | i386 pc, 32 MiB, 1 CPU |",
           "| CPU | the machine's default |",
           "| Accelerator | tcg |",
           "| QEMU | 7.2.22 |",
           "| Clock | counted: one tick is one guest instruction, in instructions; while a guest "
           "is halted it "
           "goes on, and this QEMU does not tell whether it was |",
           "| Compiler of the guest | Clang 19.1.7 |",
           "| Boots | 2 |",
           "| Wall time of a boot, median | 83.3 ms |",
           "| 1 | pass | 82.3 ms | 31.2 ms | 708 bytes | status 33, exit value 0x10 |",
           "| fibonacci | pass | 10 | 55 |",
           "| Stack, high-water mark | 1,184 bytes |",
           "| Loaded (code, constants, data) | 13,304 bytes |",
       }) {
    EXPECT_TRUE(holds(text, row));
  }
}

TEST(Markdown, CountedAndIdenticalNumbersAreOneNumberWithItsUnit) {
  const std::string text = render_markdown(passing_record());
  EXPECT_TRUE(holds(text, "Counted exactly: the same in each of 2 boots. "));
  EXPECT_TRUE(holds(text, "| Init | 1,234 instructions |\n"));
  EXPECT_FALSE(holds(text, "Median"));
  EXPECT_FALSE(holds(text, "cycles |"));
}
TEST(Markdown, CountedNumbersThatDifferAreNotPassedOffAsExact) {
  RunRecord record = passing_record();
  record.boots[1].events.timings[0].cycles = 1240;
  const std::string text = render_markdown(record);
  EXPECT_TRUE(holds(text, "**Noisy: counted, yet not the same in every boot: 'Init'.**"));
  EXPECT_TRUE(holds(text, "Counted exactly")) << "the others are exact all the same";
  EXPECT_TRUE(holds(text, "| Init | 1,234 |"));
}
TEST(Markdown, TheHeadNamesTheHostTheCommitAndTheJob) {
  const std::string text = render_markdown(record_of_a_job());
  EXPECT_TRUE(holds(text,
                    "\non build7 (node n3) · commit cccccccccccc, changed · "
                    "[GitHub Actions: CI, job test, run 55]"
                    "(https://github.com/me/kern/actions/runs/1234)\n"));
  EXPECT_LT(text.find("on build7"), text.find("## Checks"));
  EXPECT_TRUE(holds(text, std::string(40, 'c') + ", and tracked files differed from it"));
}
TEST(Markdown, HostNumbersHaveASpreadAndTheUnitCycles) {
  RunRecord record = passing_record();
  record.fingerprint.clock = ClockKind::host;
  record.findings.clear();
  const std::string text = render_markdown(record);
  EXPECT_TRUE(holds(text, "| Name | Min | Median | Interval | Max | Spread | Unit | Boots |\n"));
  EXPECT_TRUE(holds(text, "| Init | 1,234 | 1,234 | 1,234 to 1,234 | 1,234 | 0 | cycles | 2 |\n"));
  EXPECT_FALSE(holds(text, "instructions"));
}
TEST(Markdown, TheFirstOfSeveralBootsByHostTimeIsWarmUpShownAndInNoNumber) {
  RunRecord record = passing_record();
  record.fingerprint.clock = ClockKind::host;
  record.boots.push_back(record.boots.back());
  ASSERT_EQ(record.boots.front().events.timings.front().name, "Init");
  record.boots.front().events.timings.front().cycles = 99'999;
  const std::string text = render_markdown(record);
  EXPECT_TRUE(holds(text, "| Init | 1,234 | 1,234 | 1,234 to 1,234 | 1,234 | 0 | cycles | 2 |\n"));
  EXPECT_TRUE(holds(text, "Boot 1 is warm-up, and in none of these: Init 99,999 cycles"));
  record.fingerprint.clock = ClockKind::counted;
  EXPECT_FALSE(holds(render_markdown(record), "warm-up")) << "counting knows no warm-up";
}
TEST(Markdown, ASingleBootHasNoSpread) {
  RunRecord record = passing_record();
  record.fingerprint.clock = ClockKind::host;
  record.boots.pop_back();
  EXPECT_TRUE(holds(render_markdown(record), "| 1,234 | not measured | cycles | 1 |\n"));
}
TEST(Markdown, ANumberThatSomeBootsLackIsSaidToBeSo) {
  RunRecord record = passing_record();
  record.boots[1].events.benches.clear();
  EXPECT_TRUE(holds(render_markdown(record), "Not every one of the 2 boots reported each number."));
}

TEST(Markdown, ScreenIsLinkedAndShownWithoutItsBlankEnd) {
  const std::string text = render_markdown(passing_record());
  EXPECT_TRUE(holds(text, "## Screen\n\n![screen](vga.png)\n\n```text\n[BEGIN] protocol=1"));
  EXPECT_TRUE(holds(text, "crc="));
  EXPECT_FALSE(holds(text, "\n\n```\n"));
}
TEST(Markdown, WithoutAScreenshotThereIsNoLink) {
  RunRecord record = passing_record();
  record.boots[0].trace.screenshot.clear();
  EXPECT_FALSE(holds(render_markdown(record), "vga.png"));
}

TEST(Markdown, SaysHowToReproduce) {
  const std::string text = render_markdown(passing_record());
  EXPECT_TRUE(holds(text, "uniharness run scenarios/sample.yaml\n"));
  EXPECT_TRUE(holds(text, "uniharness replay DIR\n"));
  EXPECT_TRUE(holds(text, "qemu-system-i386 -M pc -kernel '/images/a b.elf' -serial stdio\n"));
}

TEST(Markdown, WhatWasNotMeasuredIsNeverANumber) {
  RunRecord record;
  record.scenario = "bare log";
  record.boots.emplace_back();
  record.verdict = {VerdictKind::no_output, "the log is empty"};
  const std::string text = render_markdown(record);
  EXPECT_TRUE(text.starts_with("# bare log: NO_OUTPUT\n"));
  EXPECT_TRUE(holds(text, "no checks · 1 boot · "));
  EXPECT_TRUE(holds(text, "| Wall time of a boot, median | not measured |"));
  EXPECT_TRUE(holds(text, "| Machine | not recorded |\n| CPU | not recorded |"));
  EXPECT_TRUE(holds(text, "| not measured | not measured | 0 bytes | not observed |"));
  EXPECT_TRUE(holds(text, "The guest printed nothing.\n"));
  for (const char* absent : {"0.0 ms", "## Sizes", "## Memory", "## Measurements", "## Screen",
                             "## Profile", "## Tests", "qemu-system"}) {
    EXPECT_FALSE(holds(text, absent));
  }
}
TEST(Markdown, ARecordWithoutBootsIsStillAReport) {
  EXPECT_TRUE(holds(render_markdown(RunRecord{}), "no checks · 0 boots"));
}

TEST(Markdown, OfManyBootsTheBadOnesAreShown) {
  RunRecord record = passing_record();
  const BootRecord good = record.boots[0];
  for (std::uint64_t index = 3; index <= 200; ++index) {
    record.boots.push_back(good);
    record.boots.back().index = index;
  }
  record.boots.back().ending = {VerdictKind::idle, "fell silent"};
  record.verdict = {VerdictKind::idle, "boot 200: fell silent"};
  const std::string text = render_markdown(record);
  EXPECT_TRUE(holds(text, "| 200 | idle: fell silent |"));
  EXPECT_TRUE(holds(text, "50 of 200 boots shown"));
  EXPECT_FALSE(holds(text, "| 50 | pass |"));
}

TEST(Markdown, FitsIntoACommentWhateverTheRunWas) {
  RunRecord record = failing_record();
  BootRecord& boot = record.boots[0];
  boot.events.tests.clear();
  std::string names;
  for (int i = 0; i < 3000; ++i) {
    const std::string name = fmt::format("suite/case {}", i);
    names += name + ", ";
    const bool last = i >= 2990;
    boot.events.tests.push_back({.name = name,
                                 .status = last ? wire::Status::fail : wire::Status::pass,
                                 .iterations = {},
                                 .result = std::string(700, '<')});
    boot.events.metrics.push_back({name, 5, "cycles"});
    boot.events.profiles.push_back({.name = name, .calls = 1, .self = {}});
    boot.events.panics.push_back(name);
    boot.events.protocol_errors.push_back({1, std::string(5000, '|'), std::string(5000, '*')});
  }
  boot.trace.serial += std::string(100'000, '\x01') + "\nlast words\n";
  boot.trace.stderr_text = std::string(100'000, '`');
  boot.ending = record.verdict = {VerdictKind::fail, names};
  for (int i = 0; i < 500; ++i) record.findings.push_back(record.findings[i % 2 == 0 ? 0 : 1]);
  for (const std::size_t most : {std::size_t{20'000}, kMarkdownBytes, kMostMarkdownBytes}) {
    const std::string text = render_markdown(record, most);
    EXPECT_LE(text.size(), most);
    EXPECT_TRUE(holds(text, "# sample: FAIL"));
    EXPECT_TRUE(holds(text, "more bytes)")) << "a reason as long as the list";
  }
  const std::string text = render_markdown(record);
  EXPECT_TRUE(holds(text, "more rows are left out here; report.html has all."));
  const std::string whole = render_markdown(record, kMostMarkdownBytes);
  EXPECT_TRUE(holds(whole, "And 2,990 more panics."));
  EXPECT_TRUE(holds(whole, "| suite/case 2990 | **fail**")) << "those that failed come first";
  EXPECT_TRUE(holds(whole, "last words"));
}

TEST(Markdown, HostileTextBreaksNoTable) {
  std::size_t columns = 0;
  std::size_t rows = 0;
  for (const std::string& line : prose(render_markdown(hostile_record()))) {
    if (!line.starts_with('|')) {
      columns = 0;
      continue;
    }
    if (columns == 0) columns = borders(line);
    EXPECT_EQ(borders(line), columns) << line;
    ++rows;
  }
  EXPECT_GT(rows, 20u);
}
TEST(Markdown, HostileTextBecomesNoHtmlLinkOrHeading) {
  for (std::string line : prose(render_markdown(hostile_record()))) {
    for (std::size_t at; (at = line.find("<br>")) != line.npos;) line.erase(at, 4);
    EXPECT_FALSE(holds(line, "<"));
    EXPECT_FALSE(holds(line, "http://"));
    EXPECT_FALSE(holds(line, "[x]("));
    EXPECT_FALSE(line.starts_with("# not")) << line;
  }
}
TEST(Markdown, HostileTextLeavesNoControlCharacter) {
  const std::string text = render_markdown(hostile_record());
  EXPECT_TRUE(std::ranges::none_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F;
  }));
  EXPECT_FALSE(holds(text, "\xff"));
}

}  // namespace
}  // namespace harness
