#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "check/check_testing.h"
#include "stream/split.h"

namespace harness {
namespace {

using namespace testing_record;

const std::string kLog = "boot\nInit done\nTest 1\nTest 2\nbye\n";

TEST(TextCheck, PassesAndNamesTheLine) {
  const Finding finding = run_check(run_of({kLog}), "text", {{"text", text("Init")}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.check, "text Init");
  EXPECT_EQ(finding.figure, "first in line 2");
  EXPECT_EQ(finding.at.text(), "s.yaml:9:5");
}
TEST(TextCheck, FailsWhereTheTextIsMissing) {
  const Finding finding = run_check(run_of({kLog}), "text", {{"text", text("init")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "'init' was not found in 5 lines; nearest is line 2: 'Init done'");
}
TEST(TextCheck, NamesTheFirstBootThatLacksTheText) {
  const Finding finding =
      run_check(run_of({kLog, kLog, "boot\n"}), "text", {{"text", text("Init")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "boot 3: 'Init' was not found in 1 line");
}
TEST(TextCheck, PatternIsSearchedInEachLine) {
  EXPECT_EQ(run_check(run_of({kLog}), "text", {{"pattern", text("^Test [0-9]$")}}).status,
            FindingStatus::pass);
  const Finding over_lines =
      run_check(run_of({kLog}), "text", {{"pattern", text("Init done.*Test")}});
  EXPECT_EQ(over_lines.status, FindingStatus::fail);
  EXPECT_EQ(over_lines.reason, "'/Init done.*Test/' was not found in 5 lines");
}
TEST(TextCheck, CountsMatchingLines) {
  const Params two = {{"text", text("Test")}, {"count", Range{2, 2}}};
  const Finding good = run_check(run_of({kLog}), "text", two);
  EXPECT_EQ(good.status, FindingStatus::pass);
  EXPECT_EQ(good.figure, "matching lines 2");
  const Finding bad = run_check(run_of({kLog + "Test 3\n"}), "text", two);
  EXPECT_EQ(bad.status, FindingStatus::fail);
  EXPECT_EQ(bad.reason, "matching lines is 3, must be 2");
}

TEST(OrderCheck, PassesWithOtherLinesBetween) {
  const Finding finding = run_check(run_of({kLog}), "order",
                                    {{"texts", std::vector<std::string>{"boot", "Test", "bye"}}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "lines 1, 3, 5");
}
TEST(OrderCheck, FailsWhereTwoAreSwapped) {
  const Finding finding =
      run_check(run_of({kLog}), "order", {{"texts", std::vector<std::string>{"Test 2", "Test 1"}}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "'Test 1' stands in line 3, must come after 'Test 2' (line 4)");
}
TEST(OrderCheck, FailsWhereOneIsMissing) {
  const Finding finding =
      run_check(run_of({kLog}), "order", {{"texts", std::vector<std::string>{"Test 2", "Test 9"}}});
  EXPECT_EQ(finding.reason,
            "'Test 9' was not found after 'Test 2' (line 4); nearest is line 3: 'Test 1'");
}
TEST(OrderCheck, OneLineDoesNotServeTwice) {
  EXPECT_EQ(
      run_check(run_of({kLog}), "order", {{"texts", std::vector<std::string>{"boot", "boot"}}})
          .status,
      FindingStatus::fail);
}

TEST(ForbidCheck, PassesWhereTheTextIsAbsent) {
  const Finding finding = run_check(run_of({kLog}), "forbid", {{"text", text("error")}});
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "absent from all lines: 5");
}
TEST(ForbidCheck, FailsWithTheLineMadeHarmless) {
  const Finding finding = run_check(run_of({kLog + "\x1b[31mERROR: disk\n"}), "forbid",
                                    {{"pattern", text("(?i)error")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "line 6 says '\\x1B[31mERROR: disk'");
}
TEST(ForbidCheck, LongLinesAreCut) {
  const Finding finding = run_check(run_of({"error " + std::string(5000, 'x') + "\n"}), "forbid",
                                    {{"text", text("error")}});
  EXPECT_EQ(finding.reason.size(), std::string("line 1 says '...'").size() + 80);
}

// ---- lines of more than 64 KiB, which come in pieces -------------------------------------------

std::string across_the_seam(const std::string& words) {
  const std::size_t before = kMaxLineLength - words.size() / 2;
  return "boot\n" + std::string(before, '.') + words + std::string(100, '.') + "\nbye\n";
}

TEST(TextCheck, OfALongLineWhatStandsAcrossTwoPiecesIsFound) {
  const RunRecord run = run_of({across_the_seam("Init \x1b[32mdone")});
  const auto status = [&](const char* kind, Params params) {
    return run_check(run, kind, std::move(params)).status;
  };
  EXPECT_EQ(status("text", {{"text", text("Init done")}}), FindingStatus::pass);
  EXPECT_EQ(status("text", {{"pattern", text("^Init done")}}), FindingStatus::fail);
  EXPECT_EQ(status("text", {{"pattern", text("Init d[a-z]+")}, {"count", Range{1, 1}}}),
            FindingStatus::pass);
  EXPECT_EQ(status("order", {{"texts", std::vector<std::string>{"boot", "Init done", "bye"}}}),
            FindingStatus::pass);
  const Finding forbidden = run_check(run, "forbid", {{"text", text("Init done")}});
  EXPECT_EQ(forbidden.status, FindingStatus::fail);
  EXPECT_EQ(forbidden.reason, "line 2 has it, somewhere in its 65,643 bytes");
  EXPECT_EQ(status("forbid", {{"pattern", text("I.*t d.ne")}}), FindingStatus::fail);
  EXPECT_EQ(status("forbid", {{"text", text("Init gone")}}), FindingStatus::pass);
}
TEST(OrderCheck, OfALongLineTheFirstPieceIsItsPlace) {
  const RunRecord run = run_of({"boot A" + std::string(2 * kMaxLineLength, '.') + "B\nnot here\n"});
  EXPECT_EQ(run_check(run, "order", {{"texts", std::vector<std::string>{"A", "B"}}}).reason,
            "'B' stands in line 1, must come after 'A' (line 1)");
}
TEST(TextCheck, ALongLineIsOneLine) {
  const RunRecord run = run_of({std::string(3 * kMaxLineLength, 'x') + "\ny\n"});
  const Finding counted = run_check(run, "text", {{"text", text("x")}, {"count", Range{1, 1}}});
  EXPECT_EQ(counted.status, FindingStatus::pass) << counted.reason;
  // A piece of it does not begin a line, nor end one.
  EXPECT_EQ(run_check(run, "text", {{"pattern", text("^x{10}$")}}).status, FindingStatus::fail);
  EXPECT_EQ(run_check(run, "order", {{"texts", std::vector<std::string>{"x", "x"}}}).status,
            FindingStatus::fail);
}

}  // namespace
}  // namespace harness
