#include "report/annotations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "report/report_testing.h"

namespace harness {
namespace {

TEST(Annotations, OfARunThatPassedOrSkippedAreNone) {
  RunRecord record = passing_record();
  EXPECT_EQ(github_annotations(record), "");
  record.verdict = {VerdictKind::skip, "no device"};
  EXPECT_EQ(github_annotations(record), "");
}

TEST(Annotations, StandWhereTheCheckIsAskedFor) {
  EXPECT_EQ(github_annotations(failing_record()),
            "::error file=scenarios/sample.yaml,line=9,title=sample%3A profile fibonacci::"
            "calls is 9, must be 10\n");
}

TEST(Annotations, StandWhereATestFailedOrTheGuestCrashed) {
  RunRecord record = failed_tap_record("1..2\nnot ok 1 a\n# lib/x.c:7: got 1%\nnot ok 2 b\n",
                                       "failed tests: a, b");
  record.findings.clear();
  BootRecord& boot = record.boots[0];
  EXPECT_EQ(github_annotations(record),
            "::error file=lib/x.c,line=7,title=test a::not ok 1 a%0A# lib/x.c:7: got 1%25\n"
            "::error file=scenarios/sample.yaml,title=test b::not ok 2 b\n");

  boot.events.tests.clear();
  boot.ending = record.verdict = {VerdictKind::panic, "lost"};
  const std::string here = std::filesystem::current_path().string();
  boot.crash_site = {
      .symbols = "k.elf",
      .frames = {{.address = 1},
                 {.address = 2, .function = "run", .file = here + "/a.c", .line = 3}}};
  EXPECT_TRUE(github_annotations(record).starts_with(
      "::error file=a.c,line=3,title=sample%3A panic::lost%0A#0 0x00000001%0A#1 "))
      << github_annotations(record);
}

TEST(Annotations, OfAVerdictThatNothingElseExplainsIsTheVerdict) {
  RunRecord record = passing_record();
  record.verdict = {VerdictKind::harness_error, "QEMU did not start"};
  record.boots[0].ending = record.verdict;
  EXPECT_EQ(github_annotations(record),
            "::error file=scenarios/sample.yaml,title=sample%3A harness_error::"
            "QEMU did not start\n");
}

/// A guest cannot write a command of its own: a line of it begins with "::" only where ours does.
TEST(Annotations, AreBoundedAndHarmless) {
  RunRecord record = hostile_record();
  record.findings.resize(1);
  record.findings[0].reason = "\n::error::mine\r\n::set-output name=x::y";
  while (record.findings.size() < 50) record.findings.push_back(record.findings[0]);
  const std::string text = github_annotations(record);
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), kMaxAnnotations);
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    EXPECT_TRUE(text.substr(at).starts_with("::error file=") ||
                text.substr(at).starts_with("::error title="))
        << text.substr(at, 80);
  }
  EXPECT_EQ(text.find('\r'), text.npos);
  EXPECT_EQ(text.find('\x1b'), text.npos);
}

TEST(Annotations, OfASuiteAreItsInstances) {
  SuiteResult suite;
  suite.instances = {
      {.name = "good",
       .scenario_file = "a.yaml",
       .folder = "a",
       .outcome = Outcome::passed,
       .attempts = {{}}},
      {.name = "bad", .scenario_file = "b.yaml", .folder = "b", .outcome = Outcome::failed},
      {.name = "late", .scenario_file = "c.yaml", .folder = "c"}};
  suite.instances[1].attempts = {{.verdict = {VerdictKind::idle, "silent"}, .evidence = "last\n"}};
  EXPECT_EQ(github_annotations(suite), "::error file=b.yaml,title=bad::idle: silent%0Alast%0A\n");
}

}  // namespace
}  // namespace harness
