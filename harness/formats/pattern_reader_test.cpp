#include <gtest/gtest.h>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using testing_formats::Rank;
using testing_formats::rank_of;
using testing_formats::read_log;
using testing_formats::told;

std::string by(const TestPatterns& patterns, std::string_view log) {
  return testing_formats::text_of(read_log(*make_reader(compile_patterns(patterns)), log));
}

TestPatterns sample() {
  return {.start = {R"(^RUN (?P<name>\S+))"},
          .pass = {R"(good(?:: (?P<name>\S+))?$)"},
          .fail = {R"(bad(?:: (?P<name>\S+))?$)"},
          .skip = {R"(left out: (?P<name>\S+))"},
          .plan = {R"(^(?P<total>\d+) tests follow)"},
          .summary = {R"(^(?P<pass>\d+) good, (?P<fail>\d+) bad)"}};
}

TEST(PatternReader, ReadsNamesFromTheLineOrFromTheRunningTest) {
  EXPECT_EQ(
      by(sample(), "3 tests follow\nRUN a\n... good\nRUN b\nbad: b\nleft out: c\n1 good, 1 bad\n"),
      "a pass, b fail, c skip");
}

TEST(PatternReader, BytesThatAreNoUtf8HideNoResult) {
  const TestPatterns lines = {
      .pass = {"^PASS (?P<name>.+)$"}, .fail = {"^FAIL (?P<name>.+)$"}, .end = {"^DONE$"}};
  EXPECT_EQ(by(lines, "PASS a\nFAIL caf\xE9\nDONE\n"), "a pass, caf\xC3\xA9 fail");
  EXPECT_EQ(by(lines, "PASS a\nFAIL b\xE2\x82 c\nDONE\n").substr(0, 9), "a pass, b");
}

TEST(PatternReader, SeveralResultsMayStandInALine) {
  TestPatterns words = {.result = {R"((?P<name>\w+)=(?P<status>\w+))"}, .end = {"^DONE$"}};
  EXPECT_EQ(by(words, "a=PASS b=FAIL, c=skip\nDONE\n"), "a pass, b fail, c skip");
  // Without a name each line is one, and what begins a line does so once.
  words.result = {R"((?P<status>PASS|FAIL))"};
  EXPECT_EQ(by(words, "PASS PASS\nDONE\n"), "test 1 pass");
  words.result = {R"(^(?P<name>\w+)=(?P<status>\w+) ?)"};
  EXPECT_EQ(by(words, "a=PASS b=FAIL\nDONE\n"), "a pass");
  words.result = {R"((?P<name>\w+)=(?P<status>ok))"};
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "a=ok ";
  EXPECT_EQ(rank_of(read_log(*make_reader(compile_patterns(words)), many + "\nDONE\n")),
            Rank::worse);
}

TEST(PatternReader, AFailureIsSeenWhateverPatternFindsWhatStandsBeforeIt) {
  const TestPatterns two = {.result = {R"((?P<name>[a-z]+): (?P<status>PASS|SKIP))"},
                            .fail = {R"((?P<name>[a-z]+): FAIL)"},
                            .end = {"^DONE$"}};
  EXPECT_EQ(by(two, "a: PASS b: FAIL c: SKIP\nDONE\n"), "a pass, b fail, c skip");
  const TestPatterns may_be_empty = {.result = {R"((?P<name>[a-z]*)=(?P<status>\w+))"},
                                     .end = {"^DONE$"}};
  EXPECT_EQ(by(may_be_empty, "a=PASS =FAIL\nDONE\n"), "a pass, test 2 fail");
  const TestPatterns unnamed = {.result = {"(?P<status>PASS|FAIL)"}, .end = {"^DONE$"}};
  EXPECT_EQ(by(unnamed, "PASS PASS FAIL\nDONE\n"), "test 1 fail");
  const TestPatterns mixed = {
      .pass = {R"((?P<name>[a-z]+): PASS)"}, .fail = {"FAIL"}, .end = {"^DONE$"}};
  EXPECT_EQ(by(mixed, "a: PASS FAIL\nDONE\n"), "a pass, test 2 fail");
}

TEST(PatternReader, ACountThatIsTooLargeIsSaid) {
  EXPECT_EQ(by(sample(), "1 tests follow\nRUN a\ngood\n99999999999 good, 0 bad\n"),
            "a pass; the count '99999999999' is not understood");
}

TEST(PatternReader, WhatIsMissingIsTold) {
  EXPECT_EQ(by(sample(), "2 tests follow\nRUN a\ngood\n1 good, 0 bad\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(by(sample(), "1 tests follow\nRUN a\ngood\n"), "a pass; the closing line did not come");
  EXPECT_EQ(by(sample(), "RUN a\ngood\n1 good, 0 bad\n"),
            "a pass; no plan came: it cannot be told whether results are missing");
  EXPECT_EQ(by(sample(), "1 tests follow\nRUN a\n"),
            "a fail (did not end); the closing line did not come");
  EXPECT_EQ(by(sample(), "1 tests follow\nRUN a\ngood\n0 good, 1 bad\n"),
            "a pass; 1 tests passed, 0 were counted at the end (and 1 more)");
  EXPECT_EQ(by(sample(), "0 tests follow\n0 good, 0 bad\n"), "; no test ran");
  EXPECT_EQ(by(sample(), "nothing\n"), "");
}

TEST(PatternReader, AFailureGoesBeforeAPassInOneLine) {
  EXPECT_EQ(by({.pass = {"(?P<name>x)"}, .fail = {"(?P<name>x)"}, .end = {"^end"}}, "x\nend\n"),
            "x fail");
}

TEST(PatternReader, AStatusThatIsNotUnderstoodIsNoPass) {
  EXPECT_EQ(by({.result = {R"((?P<name>\w+) (?P<status>\w+))"}, .end = {"^end$"}},
               "a ok\nb wobbly\nend\n"),
            "a pass, b fail (its status is not understood); the status 'wobbly' is not understood");
}

TEST(PatternReader, HostileInputIsBounded) {
  std::string flood;
  for (int i = 0; i < 25'000; ++i) flood += "good: " + std::string(300, 'x') + "\n";
  const FormatResults all = read_log(*make_reader(compile_patterns(sample())), flood);
  EXPECT_LE(all.tests.size(), 20'000u);
  EXPECT_FALSE(all.summary.fault.empty());
  EXPECT_EQ(by({.pass = {"(unclosed"}}, "x\n"), "");
}

TEST(Ztest, ReadsResultsSuitesAndTheProject) {
  EXPECT_EQ(told("ztest",
                 "*** Booting Zephyr OS build v4.2.0 ***\nRunning TESTSUITE mutex\n"
                 "=====\nSTART - test_lock\n PASS - test_lock in 0.001 seconds\n=====\n"
                 "START - test_free\n\n    Assertion failed at a.c:12: x\n"
                 " FAIL - test_free in 0.002 seconds\n=====\nSTART - test_far\n"
                 " SKIP - test_far in 0.001 seconds\nTESTSUITE mutex failed.\n"
                 "SUITE FAIL -  50.00% [mutex]: pass = 1, fail = 1, skip = 1, total = 3 duration = "
                 "0.004 seconds\n - PASS - [mutex.test_lock] duration = 0.001 seconds\n"
                 "PROJECT EXECUTION FAILED\n"),
            "mutex/test_lock pass, mutex/test_free fail, mutex/test_far skip");
  EXPECT_EQ(told("ztest",
                 "Running TESTSUITE s\nSTART - test_a\n PASS - test_a in 0.001 seconds\n"
                 "TESTSUITE s failed.\nPROJECT EXECUTION SUCCESSFUL\n"),
            "s/test_a pass; its closing line says 'failed'");
  // Its own result was lost; the summary of the suite has it.
  EXPECT_EQ(told("ztest",
                 "Running TESTSUITE s\nSTART - test_a\n PASS - test_a in 0.001 seconds\n"
                 "TESTSUITE s succeeded\n - FAIL - [s.test_a] duration = 0.001 seconds\n"
                 "PROJECT EXECUTION SUCCESSFUL\n"),
            "s/test_a pass; its closing line says 'FAIL'");
  EXPECT_EQ(told("ztest", "START - test_a\nPASS - test_a.\nPROJECT EXECUTION SUCCESSFUL\n"),
            "test_a pass");
  EXPECT_EQ(told("ztest", "START - test_a\n PASS - test_a in 0.001 seconds\nSTART - test_b\n"),
            "test_a pass, test_b fail (did not end); the closing line did not come");
}

TEST(Ztest, ASuiteThatWasBegunMustEnd) {
  constexpr const char* kSuite =
      "Running TESTSUITE a\nSTART - t\n PASS - t in 0.001 seconds\nTESTSUITE a succeeded\n";
  constexpr const char* kEnd = "PROJECT EXECUTION SUCCESSFUL\n";
  EXPECT_EQ(told("ztest", std::string(kSuite) + kEnd), "a/t pass");
  EXPECT_EQ(told("ztest", std::string(kSuite) + "Running TESTSUITE b\n" + kEnd),
            "a/t pass; 'b' did not end");
  EXPECT_EQ(told("ztest", "Running test suite b\n" + std::string(kSuite) + kEnd),
            "a/t pass; 'b' did not end");
}

/// Its summaries count tests, and what never ran as skipped (ztest.c, show_suite_summary_oneline).
TEST(Ztest, CountsAreOfTestsAndNotOfRuns) {
  const std::string runs =
      "Running TESTSUITE s\nSTART - test_a[set/0]\n PASS - test_a[set/0] in 0.002 seconds\n"
      "START - test_a[set/big one]\n PASS - test_a[set/big one] in 0.002 seconds\n"
      "START - test_b\n PASS - test_b in 0.001 seconds\n"
      "START - test_b\n SKIP - test_b in 0.001 seconds\nTESTSUITE s succeeded\n";
  const auto summary = [](const char* pass, const char* fail) {
    return std::string("SUITE PASS - 100.00% [s]: pass = ") + pass + ", fail = " + fail +
           ", skip = 0, total = 2 duration = 0.002 seconds\n";
  };
  const std::string never =
      "SUITE SKIP -   0.00% [t]: pass = 0, fail = 0, skip = 1, total = 1 duration = 0.000 "
      "seconds\n";
  const std::string end = "PROJECT EXECUTION SUCCESSFUL\n";
  EXPECT_EQ(told("ztest", runs + summary("2", "0") + never + end),
            "s/test_a[set/0] pass, s/test_a[set/big one] pass, s/test_b pass, s/test_b skip");
  EXPECT_EQ(rank_of(read_log("ztest", runs + summary("1", "1") + never + end)), Rank::worse);
  EXPECT_EQ(rank_of(read_log("ztest", runs + summary("3", "0") + never + end)), Rank::worse);
}

TEST(LkUnittest, ReadsCasesAndTheirTests) {
  EXPECT_EQ(told("lk-unittest",
                 "\nCASE strings                       [STARTED] \n"
                 "    copy                             [RUNNING] [PASSED] \n"
                 "    find                             [RUNNING]output\n [PASSED] \n"
                 "    cut                              [RUNNING] [FAILED] \n        cut:12:\n"
                 "CASE strings                       [FAILED]\n"),
            "strings/copy pass, strings/find pass, strings/cut fail");
  EXPECT_EQ(told("lk-unittest", "CASE a [STARTED]\n    b [RUNNING] [PASSED] (3 ms)\n"),
            "a/b pass; 'a' did not end");
}

TEST(LkUnittest, TheCasesAreHeldAgainstThoseThatCame) {
  const auto closed_by = [](std::string_view end) {
    return told(
        "lk-unittest",
        "CASE a [STARTED]\n    b [RUNNING] [PASSED] (3 ms)\nCASE a [PASSED]\n" + std::string(end));
  };
  EXPECT_EQ(closed_by("    CASES:  1     SUCCESS:  1     FAILED:  0   \n"), "a/b pass");
  EXPECT_EQ(closed_by("    CASES:  1     SUCCESS:  0     FAILED:  1   \n"),
            "a/b pass; its closing line says 'FAILED'");
  EXPECT_EQ(closed_by("    CASES:  3     SUCCESS:  3     FAILED:  0   \n"),
            "a/b pass; 1 groups ended, 3 were counted at the end");
  EXPECT_EQ(closed_by("    CASES:  1     SUCCESS:  0     FAILED:  0   \n"),
            "a/b pass; 0 groups passed or failed, 1 were counted at the end");
  for (const char* cut :
       {"    CASES:", "    CASES:  1     SUCC", "    CASES:  1     SUCCESS:  1     FAIL"}) {
    EXPECT_EQ(closed_by(cut), "a/b pass; its closing line is cut off");
  }
}

TEST(Uktest, ReadsAssertionsAndTheirCount) {
  EXPECT_EQ(
      told("uktest",
           "test: math->add: adds\n\texpected `1 + 1` to be 2 and was 2 ........ [ PASSED ]\n"
           "\texpected `1` to be 2 but was 1 ............... \x1b[1m FAILED \x1b[0m\n"
           "Test Summary:\n - Suites:     1 failed, 1 total\n - Cases:      1 failed, 1 total\n"
           " - Assertions: 1 failed, 2 total\n"),
      "math->add/expected `1 + 1` to be 2 and was 2 pass, math->add/expected `1` to be 2 but was "
      "1 fail");
}

TEST(Uktest, FailedSuitesAndCasesCount) {
  constexpr const char* kTest =
      "test: vfs->foo\n    :\texpected 1 to be 1 ......................... [ PASSED ]\n\n"
      "Test Summary\n";
  constexpr const char* kAssertions = "  - Assertions: 1 total\n";
  EXPECT_EQ(told("uktest", std::string(kTest) +
                               "  - Suites:     1 total\n  - Cases:      1 total\n" + kAssertions),
            "vfs->foo/expected 1 to be 1 pass");
  for (const char* failed :
       {"  - Suites:     1 failed, 1 total\n", "  - Cases:      1 failed, 1 total\n"}) {
    EXPECT_EQ(told("uktest", std::string(kTest) + failed + kAssertions),
              "vfs->foo/expected 1 to be 1 pass; its closing line says 'failed'");
  }
}

TEST(Libtest, ReadsEachProgram) {
  EXPECT_EQ(
      told("libtest",
           "\nrunning 4 tests\ntest a::b ... ok\ntest c ... outputFAILED\n"
           "test d ... ignored, needs a disk\ntest e - should panic ... ok\n\nfailures:\n    c\n\n"
           "test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out\n"
           "running 1 test\ntest f ... ok\n"
           "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n"),
      "a::b pass, c fail, d skip (needs a disk), e - should panic pass, f pass");
  EXPECT_EQ(
      told("libtest",
           "running 3 tests\ntest a ... ok <0.001s>\ntest b ... FAILED (time limit exceeded) "
           "<9.100s>\ntest c ... bench:       1,234.50 ns/iter (+/- 56.10)\n\n"
           "test result: FAILED. 1 passed; 1 failed; 0 ignored; 1 measured; 0 filtered out\n"),
      "a pass, b fail, c pass (1,234.50 ns/iter)");
  EXPECT_EQ(told("libtest",
                 "running 1 test\ntest c ... ok\n\n"
                 "test result: ok. 1 passed; 0 failed; 0 ignored; 1 measured; 0 filtered out\n"),
            "c pass; 1 tests passed, 2 were counted at the end");
  EXPECT_EQ(told("libtest", "running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored\n"),
            "; no test ran");
}

/// terse.rs prints it behind the row of results, or where one begins.
TEST(Libtest, ASlowTestDoesNotEndTheTerseForm) {
  const std::string good = "\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n";
  const std::string slow = "test m::a b has been running for over 60 seconds\n";
  const std::string passed = "test 1 pass, test 2 pass, test 3 pass";
  EXPECT_EQ(told("libtest", "running 3 tests\n.." + slow + ".\n" + good), passed);
  EXPECT_EQ(told("libtest", "running 3 tests\n" + slow + "...\n" + good), passed);
  EXPECT_EQ(told("libtest", "running 3 tests\n." + slow + "." + slow + ". 3/3\n" + good), passed);
  EXPECT_EQ(told("libtest", "running 3 tests\n.\ntest of mine begins\n..\n" + good), passed);
  EXPECT_EQ(told("libtest", "running 2 tests\n" + slow + "test a ... ok\ntest b ... ok\n" +
                                "\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n"),
            "a pass, b pass");
  for (const std::string& log :
       {"running 3 tests\n.F" + slow + ".\n" + good, "running 3 tests\n." + slow + ".\n" + good,
        "running 3 tests\n.." + slow, "running 3 tests\n.." + slow + good}) {
    EXPECT_EQ(rank_of(read_log("libtest", log)), Rank::worse) << log;
  }
}

TEST(Libtest, AFailureBehindAResultAndACutPlanAreFaults) {
  EXPECT_EQ(told("libtest",
                 "running 1 test\ntest a ... bench:          12 ns/iter (+/- 1)\nFAILED\n\n"
                 "test result: ok. 0 passed; 0 failed; 0 ignored; 1 measured; 0 filtered out\n"),
            "a pass (12 ns/iter); a failure came right behind a result");
  constexpr const char* kProgram =
      "running 1 test\ntest a ... ok\n\n"
      "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\n";
  for (const char* cut : {"running 1 t", "running 1 te", "running 1 tes", "running 1 test"}) {
    EXPECT_EQ(told("libtest", std::string(kProgram) + cut),
              "a pass; 1 results came, 2 were announced");
  }
}

TEST(Libtest, AProgramWithoutItsResultIsAFault) {
  const std::string one =
      "running 1 test\ntest b ... ok\n\n"
      "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured\n";
  EXPECT_EQ(rank_of(read_log("libtest", "running 0 tests\n" + one)), Rank::worse);
  EXPECT_EQ(told("libtest", "running late\n" + one), "b pass");
}

/// What "cargo test -q" prints: a character a test.
TEST(Libtest, ReadsTheTerseForm) {
  const auto result = [](const char* word, const char* counts) {
    return std::string("\ntest result: ") + word + ". " + counts + "; 0 measured; 0 filtered out\n";
  };
  const std::string good = result("ok", "3 passed; 0 failed; 1 ignored");
  const std::string bad = result("FAILED", "2 passed; 1 failed; 1 ignored");
  EXPECT_EQ(told("libtest", "running 4 tests\n..i.\n" + good),
            "test 1 pass, test 2 pass, test 3 skip, test 4 pass");
  EXPECT_EQ(told("libtest", "running 4 tests\n.. 2/4\ni. 4/4\n" + good),
            "test 1 pass, test 2 pass, test 3 skip, test 4 pass");
  for (const std::string& log :
       {"running 4 tests\n..iF\n" + bad, "running 4 tests\n..i 3/4\na::b --- FAILED\n" + bad,
        "running 4 tests\n..i.\n" + bad, "running 4 tests\n..i\n" + good,
        "running 4 tests\n..i[ 1.2] message\n.\n" + good, "running 4 tests\n..i.." + good,
        std::string("running 4 tests\n..i.\n"), "..i.\n" + good,
        "running 1 test\ntest a ... ok\n..\n" + result("ok", "3 passed; 0 failed; 0 ignored")}) {
    EXPECT_EQ(rank_of(read_log("libtest", log)), Rank::worse) << log;
  }
  EXPECT_EQ(rank_of(read_log("libtest", "running 9 tests\n" + std::string(1 << 20, '.') + "\n")),
            Rank::worse);
}

TEST(BlogOs, ReadsTheRunnerOfTheSeries) {
  EXPECT_EQ(
      told("blog-os", "Running 2 tests\nblog_os::vga::prints...\t[ok]\nbasic_boot::x...[ok]\n"),
      "blog_os::vga::prints pass, basic_boot::x pass");
  EXPECT_EQ(told("blog-os", "Running 2 tests\na::b...\t[ok]\na::c...\t[failed]\n"),
            "a::b pass, a::c fail");
  EXPECT_EQ(told("blog-os", "Running 2 tests\na::b...\t[ok]\n"),
            "a::b pass; 1 results came, 2 were announced");
}

/// A test of that series which must panic has no harness, and so no plan: its status decides.
TEST(BlogOs, ATestWithoutAHarnessIsToldApartFromADamagedRun) {
  EXPECT_TRUE(read_log("blog-os", "should_panic::should_fail...\t[ok]\n").summary.end_missing);
  EXPECT_FALSE(read_log("blog-os", "Running 2 tests\na::b...\t[ok]\n").summary.end_missing);
  EXPECT_FALSE(read_log("blog-os", "Running 1 tests\na::b...\t[ok]\n").summary.end_missing);
  EXPECT_EQ(read_log("blog-os", "should_panic::x...\t[failed]\n").summary.status,
            wire::Status::fail);
}

}  // namespace
}  // namespace harness
