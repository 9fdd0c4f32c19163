#include "report/test_failure.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/listing.h"
#include "report/digest.h"
#include "stream/collector.h"

namespace harness {
namespace {

BootRecord boot_that_said(const std::string& serial, std::vector<std::string> formats = {}) {
  BootRecord boot;
  boot.trace.serial = serial;
  OutputRules rules;
  rules.formats = std::move(formats);
  boot.events = collect_events(serial, {}, rules);
  return boot;
}

const TestResult& test_named(const BootRecord& boot, std::string_view name) {
  return *std::ranges::find(boot.events.tests, name, &TestResult::name);
}

std::string output_of(const BootRecord& boot, std::string_view name) {
  const TestFailure failure = failure_of(boot, test_named(boot, name));
  std::string text;
  for (const std::string& line : failure.output) text += line + "\n";
  if (!failure.file.empty()) text += "at " + failure.file + ":" + std::to_string(failure.line);
  return text;
}

TEST(TestFailure, OfOurProtocolIsWhatCameSinceTheTestBefore) {
  const std::string log =
      "[BEGIN] protocol=1 image=x boot=disk tests=3 metrics=1\n"
      "hello\n"
      "[TEST] one: pass iterations=1 result=1\n"
      "expected 4, got 5\n"
      "[TIMING] t: 5 cycles\n"
      "kernel/math.c:12: sum is wrong\n"
      "[TEST] two: fail iterations=1 result=5\n"
      "noise\n"
      "[TEST] three: fail iterations=1 result=5\n";
  const BootRecord boot = boot_that_said(log);
  EXPECT_EQ(output_of(boot, "two"),
            "expected 4, got 5\nkernel/math.c:12: sum is wrong\nat kernel/math.c:12");
  EXPECT_EQ(output_of(boot, "three"), "noise\n");
  EXPECT_EQ(failure_of(boot, test_named(boot, "two")).first_line, 4u);
}

TEST(TestFailure, OfGoogleTestBeginsWhereTheTestDoes) {
  const BootRecord boot = boot_that_said(
      "[==========] Running 2 tests from 1 test suite.\n"
      "[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "setting up\n"
      "[ RUN      ] A.b\n"
      "a_test.cc:7: Failure\nExpected: 1\n"
      "[  FAILED  ] A.b (0 ms)\n"
      "[==========] 2 tests from 1 test suite ran. (0 ms total)\n"
      "[  PASSED  ] 1 test.\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.b\n",
      {"googletest"});
  EXPECT_EQ(output_of(boot, "A.b"), "a_test.cc:7: Failure\nExpected: 1\nat a_test.cc:7");
}

TEST(TestFailure, OfTapIsWhatStandsBehindTheResultToo) {
  const BootRecord boot = boot_that_said(
      "TAP version 13\n1..4\n"
      "not ok 1 - a\n"
      "#   Failed test 'a'\n#   at t/a.t:5.\n"
      "ok 2 - b\n"
      "printed before c\n"
      "not ok 3 - c\n"
      "  ---\n  got: 1\n  ...\n"
      "not ok 4 - d\n",
      {"tap"});
  EXPECT_EQ(output_of(boot, "a"), "not ok 1 - a\n#   Failed test 'a'\n#   at t/a.t:5.\nat t/a.t:5");
  EXPECT_EQ(output_of(boot, "c"), "printed before c\nnot ok 3 - c\n  ---\n  got: 1\n  ...\n");
  EXPECT_EQ(output_of(boot, "d"), "not ok 4 - d\n");  // and nothing of c
}

TEST(TestFailure, OfTapIsWhatStandsInFrontWhereNothingStandsBehind) {
  const BootRecord boot = boot_that_said(
      "1..4\n"
      "ok 1 - a\n"
      "# expected 4, got 5 at kmain.c:22\n"
      "not ok 2 - b\n"
      "ok 3 - c\n"
      "# of c\n"
      "not ok 4 - d\n"
      "# of d\n",
      {"tap"});
  EXPECT_EQ(output_of(boot, "b"), "# expected 4, got 5 at kmain.c:22\nnot ok 2 - b\nat kmain.c:22");
  EXPECT_EQ(output_of(boot, "d"), "not ok 4 - d\n# of d\n");
}

TEST(TestFailure, OfTapHasNoResultOfASuiteInIt) {
  const BootRecord boot = boot_that_said(
      "1..3\n# Subtest: outer\n    1..1\n    not ok 1 - inner\nnot ok 1 - outer\n# why outer\n"
      "not ok 2 - same\nmore\nnot ok 3 - same\n",
      {"tap"});
  EXPECT_EQ(output_of(boot, "same"), "not ok 2 - same\n");
  RunRecord record;
  record.boots = {boot};
  record.verdict = {VerdictKind::fail, "failed tests"};
  const auto failed = failed_tests_of(record);
  ASSERT_EQ(failed.size(), 3u);  // neither hides the other
  EXPECT_EQ(failed[2].shown.name, "same (2)");
  EXPECT_EQ(failure_of(boot, failed[2].shown).output,
            (std::vector<std::string>{"more", "not ok 3 - same"}));
}

TEST(TestFailure, OfKtapIsWhatStandsBefore) {
  const BootRecord boot = boot_that_said(
      "KTAP version 1\n1..1\n"
      "    KTAP version 1\n    # Subtest: s\n    1..2\n"
      "    ok 1 a\n"
      "[    1.5]     # b: EXPECTATION FAILED at lib/b_test.c:33\n"
      "    Expected 1 == 2\n"
      "    not ok 2 b\n"
      "not ok 1 s\n",
      {"ktap"});
  EXPECT_EQ(output_of(boot, "s/b"),
            "[    1.5]     # b: EXPECTATION FAILED at lib/b_test.c:33\n    Expected 1 == 2\n"
            "at lib/b_test.c:33");
}

TEST(TestFailure, OfATestThatTheEndTookIsAllBehindItsStart) {
  const BootRecord boot = boot_that_said(
      "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\nboom\n", {"googletest"});
  ASSERT_EQ(test_named(boot, "A.a").line, 4u);  // of three
  EXPECT_EQ(output_of(boot, "A.a"), "boom\n");
  TestResult nowhere = test_named(boot, "A.a");
  for (const std::uint64_t line : {0u, 5u}) {
    nowhere.line = line;
    EXPECT_TRUE(failure_of(boot, nowhere).output.empty());
  }
}

TEST(TestFailure, IsBoundedAndSaysWhatWasLeftOut) {
  std::string log = "1..1\n";
  for (int i = 0; i < 1000; ++i) log += "line " + std::to_string(i) + "\n";
  log += std::string(5000, 'x') + "\nnot ok 1 a\n";
  const BootRecord boot = boot_that_said(log, {"tap"});
  const TestFailure failure = failure_of(boot, test_named(boot, "a"));
  EXPECT_EQ(failure.output.size(), kMaxTestLines);
  EXPECT_GT(failure.left_out, 900u);
  for (const std::string& line : failure.output) EXPECT_LT(line.size(), 400u);
}

TEST(TestFailure, ShownLinesBeginWithThePlaceOrEndWithTheLast) {
  TestFailure failure;
  for (const char* line : {"a", "b", "x.c:3: bad", "c", "d"}) failure.output.emplace_back(line);
  EXPECT_EQ(shown_lines(failure, 2), (std::vector<std::string>{"c", "d"}));
  failure.file = "x.c";
  failure.line = 3;
  EXPECT_EQ(shown_lines(failure, 2), (std::vector<std::string>{"x.c:3: bad", "c"}));
  EXPECT_EQ(shown_lines(failure, 9).size(), 5u);
}

TEST(SourcePlace, IsAPathWithAnExtensionAndALine) {
  const auto place = [](std::string_view line) {
    std::string file;
    std::uint64_t number = 0;
    return find_source_place(line, file, number) ? file + "|" + std::to_string(number) : "";
  };
  EXPECT_EQ(place("x86/apic.c:12: assert failed"), "x86/apic.c|12");
  EXPECT_EQ(place("thread 'main' (1) panicked at src/main.rs:10:5:"), "src/main.rs|10");
  EXPECT_EQ(place("at ../lib/b-c.test.cpp:7)"), "../lib/b-c.test.cpp|7");
  for (const char* none : {"12:30:15", "at 1.5:3", "localhost:80", "10.0.0.1:8080", "a.c:", "a.c:x",
                           "a.c:0", ".c:5", "a.c:12345678", "a.c:1st", "", ":", "a.:5"}) {
    EXPECT_EQ(place(none), "") << none;
  }
}

}  // namespace
}  // namespace harness
