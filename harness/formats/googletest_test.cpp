#include <gtest/gtest.h>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using testing_formats::read_log;
using testing_formats::told;

std::string gtest_log(std::string_view log) { return told("googletest", log); }

TEST(GoogleTest, ResultsAreReadUpToTheClosingLine) {
  EXPECT_EQ(
      gtest_log(
          "[==========] Running 3 tests from 1 test suite.\n[----------] 3 tests from A\n"
          "[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
          "[ RUN      ] A.b/0\na.cpp:3: Failure\n[  FAILED  ] A.b/0, where GetParam() = 7 (1 ms)\n"
          "[ RUN      ] A.c\n[  SKIPPED ] A.c (0 ms)\n"
          "[==========] 3 tests from 1 test suite ran. (1 ms total)\n[  PASSED  ] 1 test.\n"
          "[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] A.c\n"
          "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.b/0, where GetParam() = 7\n"),
      "A.a pass, A.b/0 fail, A.c skip");
}

TEST(GoogleTest, ATestThatTookTheProgramWithItFails) {
  EXPECT_EQ(gtest_log("[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.a\n"
                      "[       OK ] A.a (0 ms)\n[ RUN      ] A.b\nSegmentation fault\n"),
            "A.a pass, A.b fail (did not end); the closing line did not come");
}

TEST(GoogleTest, ASuiteWhoseSetUpFailedFails) {
  EXPECT_EQ(
      gtest_log("[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
                "[       OK ] A.a (0 ms)\n\nsuite.cc:9: Failure\nin TearDownTestSuite\n"
                "[  FAILED  ] A: SetUpTestSuite or TearDownTestSuite\n"
                "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n"
                "[  FAILED  ] 1 test suite, listed below:\n"
                "[  FAILED  ] A: SetUpTestSuite or TearDownTestSuite\n\n 1 FAILED TEST SUITE\n"),
      "A.a pass, A: set-up or tear-down fail");
}

TEST(GoogleTest, AFailureOutsideOfAllTestsFails) {
  const FormatResults all = read_log(
      "googletest",
      "[==========] Running 1 test from 1 test suite.\n[----------] Global test environment "
      "set-up.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n[----------] Global test "
      "environment tear-down\nenv.cc:7: Failure\nleak\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n");
  EXPECT_EQ(all.summary.status, wire::Status::fail);
  EXPECT_EQ(all.summary.fault, "a failure outside of all tests: env.cc:7: Failure");
}

TEST(GoogleTest, ItsOwnCountsAreHeldAgainstWhatCame) {
  constexpr const char* kRun =
      "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n";
  EXPECT_EQ(gtest_log(std::string(kRun) + "[  PASSED  ] 0 tests.\n"),
            "A.a pass; 1 tests passed, 0 were counted at the end");
  EXPECT_EQ(
      gtest_log(std::string(kRun) +
                "[  PASSED  ] 1 test.\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.a\n"),
      "A.a pass, A.a fail (listed as failed at the end); 0 tests failed, 1 were counted at the "
      "end");
  EXPECT_EQ(gtest_log("[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.a\n"
                      "[       OK ] A.a (0 ms)\n[==========] 2 tests from 1 test suite ran.\n"),
            "A.a pass; the closing line did not come (and 1 more)");
  EXPECT_EQ(gtest_log("[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
                      "[       OK ] A.a (0 ms)\n[==========] 3 tests from 1 test suite ran.\n"
                      "[  PASSED  ] 1 test.\n"),
            "A.a pass; 1 tests were announced, and 3 are said to have run");
  EXPECT_EQ(gtest_log(std::string(kRun) + "[  PASSED  ] 1 test.\n\n 1 FAILED TEST\n"),
            "A.a pass; 0 tests failed, 1 were counted at the end");
  EXPECT_EQ(gtest_log(std::string(kRun) + "[  PASSED  ] 1 test.\n\n 2 FAILED TEST SUITES\n"),
            "A.a pass; 0 suites failed, 2 were counted at the end");
  EXPECT_EQ(gtest_log(std::string(kRun) + "[  PASSED  ] 1 test.\n\n  YOU HAVE 1 DISABLED TEST\n"),
            "A.a pass");
}

TEST(GoogleTest, AFailureBehindItsResultCounts) {
  EXPECT_EQ(gtest_log("[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.x\n"
                      "[       OK ] A.x (0 ms)\n[  FAILED  ] A.x (0 ms)\n"
                      "[==========] 1 test from 1 test suite ran. (0 ms total)\n"
                      "[  PASSED  ] 1 test.\n"),
            "A.x pass, A.x fail (behind its result)");
}

TEST(GoogleTest, APassNeedsItsLastLine) {
  EXPECT_EQ(
      gtest_log(
          "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
          "[       OK ] A.a (0 ms)\n[==========] 1 test from 1 test suite ran. (0 ms total)\n"),
      "A.a pass; the closing line did not come");
}

TEST(GoogleTest, APassNeedsItsLastLineWhole) {
  constexpr const char* kRun =
      "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n";
  for (const std::string_view cut :
       {"[  PASSED  ] 1", "[  PASSED  ] 1 te", "[  PASSED  ] 1 test"}) {
    EXPECT_EQ(gtest_log(std::string(kRun) + std::string(cut)),
              "A.a pass; the closing line did not come");
  }
  EXPECT_EQ(gtest_log(std::string(kRun) + "[  PASSED  ] 1 test."), "A.a pass");
}

TEST(GoogleTest, ARepetitionThatWasBegunMustCome) {
  constexpr const char* kRound =
      " . . .\n\n[==========] Running 1 test from 1 test suite.\n"
      "[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n\n";
  const std::string first = "Repeating all tests (iteration 1)" + std::string(kRound);
  const std::string second = "Repeating all tests (iteration 2)" + std::string(kRound);
  EXPECT_EQ(gtest_log(first + second), "A.a pass, A.a pass");
  EXPECT_EQ(gtest_log(first + "Repeating all tests (iteration 2) . . .\n\n[====="),
            "A.a pass; a repetition of all tests was begun, and did not come");
}

TEST(GoogleTest, BriefLastWordsAreOneResult) {
  constexpr const char* kRan = "[==========] 3 tests from 2 test suites ran. (0 ms total)\n";
  const auto closed_by = [&](std::string_view end) {
    return gtest_log("hello\n" + std::string(kRan) + std::string(end));
  };
  EXPECT_EQ(closed_by("[  PASSED  ] 3 tests.\n\n  YOU HAVE 1 DISABLED TEST\n\n"),
            "all tests pass (3 ran, 3 passed, 0 were skipped)");
  EXPECT_EQ(closed_by("[  PASSED  ] 2 tests.\n[  SKIPPED ] 1 test.\n"),
            "all tests pass (3 ran, 2 passed, 1 were skipped)");
  EXPECT_EQ(closed_by("[  PASSED  ] 0 tests.\n[  SKIPPED ] 3 tests.\n"),
            "all tests skip (3 ran, 0 passed, 3 were skipped)");
  EXPECT_EQ(closed_by("[  PASSED  ] 2 tests.\n"),
            "all tests fail (3 ran, 2 passed, 0 were skipped)");
  for (const char* cut : {"", "[  PASSED  ] 3", "[  PASSED  ] 3 tests"}) {
    EXPECT_EQ(closed_by(cut), "; the closing line did not come");
  }
  EXPECT_EQ(gtest_log("[==========] 0 tests from 0 test suites ran.\n[  PASSED  ] 0 tests.\n"),
            "; no test ran");
}

TEST(GoogleTest, ABriefFailureCountsForTheLastWordsBehindIt) {
  constexpr const char* kPassed =
      "[==========] 1 test from 1 test suite ran.\n[  PASSED  ] 1 test.\n";
  constexpr const char* kPass = "all tests pass (1 ran, 1 passed, 0 were skipped)";
  constexpr const char* kFail = "all tests fail (1 ran, 1 passed, 0 were skipped)";
  for (const char* failure : {"env.cc:7: Failure\nleak\n", "[  FAILED  ] A.a (0 ms)\n"}) {
    EXPECT_EQ(gtest_log(failure + std::string(kPassed)), kFail);
    EXPECT_EQ(gtest_log(kPassed + std::string(failure) + kPassed),
              std::string(kPass) + ", " + kFail);
    EXPECT_EQ(gtest_log(kPassed + std::string(failure)),
              std::string(kPass) + "; a failure came, and no closing line");
  }
  EXPECT_EQ(gtest_log("a.cc:7: Failure\n[==========] Running 1 test from 1 test suite.\n"
                      "[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n" +
                      std::string(kPassed)),
            "A.a pass");
}

TEST(GoogleTest, AResultMayStandBehindOutputOfItsTest) {
  EXPECT_EQ(
      gtest_log(
          "[==========] Running 3 tests from 1 test suite.\n[ RUN      ] A.a\n"
          "hello[       OK ] A.a (0 ms)\n[ RUN      ] A.b\n10%\r100%\r[       OK ] A.b (0 ms)\n"
          "[ RUN      ] A.c\n[       OK ] A.cd [  FAILED  ] A.c (0 ms)\n"
          "[==========] 3 tests from 1 test suite ran. (0 ms total)\n"),
      "A.a pass, A.b pass, A.c fail");
}

TEST(GoogleTest, ColoursDoNotMatter) {
  EXPECT_EQ(gtest_log("\x1b[0;32m[==========] \x1b[mRunning 1 test from 1 test suite.\n"
                      "\x1b[0;32m[ RUN      ] \x1b[mA.b\n\x1b[0;31m[  FAILED  ] \x1b[mA.b (0 ms)\n"
                      "\x1b[0;32m[==========] \x1b[m1 test from 1 test suite ran. (0 ms total)\n"),
            "A.b fail");
}

TEST(GoogleTest, NoTestIsNoPass) {
  const FormatResults all =
      read_log("googletest",
               "[==========] Running 0 tests from 0 test suites.\n[==========] 0 tests from 0 test "
               "suites ran. (0 ms total)\n[  PASSED  ] 0 tests.\n");
  EXPECT_EQ(all.summary.status, wire::Status::fail);
  EXPECT_EQ(all.summary.fault, "no test ran");
}

TEST(GoogleTest, ASecondProgramIsCountedOnItsOwn) {
  constexpr const char* kProgram =
      "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n";
  EXPECT_EQ(gtest_log(std::string(kProgram) + kProgram), "A.a pass, A.a pass");
  EXPECT_EQ(gtest_log("[==========] Running 1 test from 1 test suite.\n" + std::string(kProgram)),
            "A.a pass; the closing line did not come (and 1 more)");
}

/// Said only with --gtest_repeat of two or more: a log that was cut behind the first round.
TEST(GoogleTest, TheFirstOfSeveralRoundsIsNotAll) {
  const std::string round =
      "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
      "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n";
  const std::string first = "\nRepeating all tests (iteration 1) . . .\n\n" + round;
  EXPECT_EQ(told("googletest", first), "A.a pass; all tests are repeated, and only one round came");
  EXPECT_EQ(told("googletest", first + "\nRepeating all tests (iteration 2) . . .\n\n" + round),
            "A.a pass, A.a pass");
}

/// Rounds are numbered, from 1 on: one that is not there was lost.
TEST(GoogleTest, ALostRoundIsNoPass) {
  const auto rounds = [](std::initializer_list<const char*> numbers) {
    std::string log;
    for (const char* number : numbers) {
      if (*number != '\0') log += "Repeating all tests (iteration " + std::string(number) + "\n\n";
      log +=
          "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
          "[       OK ] A.a (0 ms)\n"
          "[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n\n";
    }
    return read_log("googletest", log).summary.fault;
  };
  EXPECT_EQ(rounds({"1) . . .", "2) . . .", "3) . . ."}), "");
  EXPECT_EQ(rounds({"1) . . .", "2) . . .", "1) . . .", "2) . . ."}), "");  // two programs
  EXPECT_EQ(rounds({"1) . . .", "2) . . .", ""}), "");
  EXPECT_EQ(rounds({"1) . . .", "4) . . ."}), "round 2 of all tests did not come in its place");
  for (const auto& lost :
       {rounds({"2) . . ."}), rounds({"0) . . .", "1) . . .", "2) . . ."}),
        rounds({"1) . . .", "2) . . .", "2) . . ."}), rounds({"1) . . .", "2"}),
        rounds({"1) . . .", "", "3) . . ."}), rounds({"1) . . .", "1) . . .", "2) . . ."}),
        rounds({"1) . . .", ""})}) {
    EXPECT_NE(lost, "");
  }
}

TEST(GoogleTest, AFailureOutsideOfTestsIsOneInEveryForm) {
  for (const char* failure :
       {"env.cc:10: Failure", "env.cpp(10): error: Failed", "unknown file: Failure",
        "unknown file: error: C++ exception with description \"x\" thrown in tear-down."}) {
    const std::string log =
        "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
        "[       OK ] A.a (0 ms)\n[----------] Global test environment tear-down\n" +
        std::string(failure) +
        "\n[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n";
    EXPECT_EQ(read_log("googletest", log).summary.status, wire::Status::fail) << log;
  }
}

TEST(GoogleTest, WhatRunsItsTestsOneByOneIsNotBrief) {
  EXPECT_EQ(gtest_log("[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
                      "[==========] 1 test from 1 test suite ran. (0 ms total)\n"
                      "[  PASSED  ] 1 test.\n"),
            "all tests pass (1 ran, 1 passed, 0 were skipped); the number of tests was not "
            "announced");
}

/// What boots before a program is no failure of it.
TEST(GoogleTest, WhatOnlyResemblesAFailureIsNone) {
  const std::string brief = "[==========] 1 test from 1 test suite ran.\n[  PASSED  ] 1 test.\n";
  const auto failed = [&](const std::string& line) {
    return read_log("googletest", line + "\n" + brief).summary.status == wire::Status::fail;
  };
  for (const char* line :
       {"acpi(0): error: no table", "usb (1): error: x", "(3): error: x", "1.(2): error: x",
        "a.cc(): error: x", "Failure", "ure", "eth0:1: up\nFailure", "12:30:15\nFailure"}) {
    EXPECT_FALSE(failed(line)) << line;
  }
  for (const char* line : {"c:\\my tests\\a.cpp(10): error: Failed", "hello a.cc(1): error: x",
                           "e.cc:3: Failure", "hello: Failure", "e.cc:3:message\n Failure",
                           "e.cc:3: Fai\nmessage\nlure", "e.cc:message\n3: Failure"}) {
    EXPECT_TRUE(failed(line)) << line;
  }
}

/// Only its own line tells of it.
TEST(GoogleTest, AFailureOutsideOfTestsMayBeTorn) {
  for (const char* torn : {"env.cc:10: F\n[ 1.2] message\nailure", "env.cc:10:message\n Failure"}) {
    const std::string log =
        "[==========] Running 1 test from 1 test suite.\n[ RUN      ] A.a\n"
        "[       OK ] A.a (0 ms)\n" +
        std::string(torn) +
        "\n[==========] 1 test from 1 test suite ran. (0 ms total)\n[  PASSED  ] 1 test.\n";
    EXPECT_EQ(read_log("googletest", log).summary.status, wire::Status::fail) << log;
  }
}

}  // namespace
}  // namespace harness
