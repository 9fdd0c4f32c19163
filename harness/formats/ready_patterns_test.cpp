// Ready patterns of sel4test, and of test libraries for boards and C: Unity and cmocka. The others
// are in pattern_reader_test.cpp.
#include <gtest/gtest.h>

#include <string>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using namespace testing_formats;

TEST(Sel4test, ReadsResultsAndItsLastWord) {
  const std::string first =
      "Starting test suite sel4test\nStarting test 0: Test that there are tests\n"
      "Starting test 1: BIND0001\nRunning test BIND0001 (Test that a bound tcb waits)\n"
      "Test BIND0001 passed\n";
  const std::string second = "Starting test 2: FRAME0001\nRunning test FRAME0001 (Frames)\n";
  EXPECT_EQ(told("sel4test", first + second +
                                 "Test FRAME0001 passed\nStarting test 3: Test all tests ran\n"
                                 "Test suite passed. 2 tests passed. 44 tests disabled.\n"
                                 "All is well in the universe\n"),
            "BIND0001 pass, FRAME0001 pass");
  EXPECT_EQ(told("sel4test",
                 first + second + "Test FRAME0001 failed\nTest suite failed. 1/2 tests passed.\n"),
            "BIND0001 pass, FRAME0001 fail");
  // One whose process faulted, one whose result was lost, one behind which all is silent.
  EXPECT_EQ(told("sel4test", second + first + "Test suite failed. 1/2 tests passed.\n"),
            "FRAME0001 fail (did not end), BIND0001 pass");
  EXPECT_EQ(told("sel4test", first + "Test suite failed. 1/2 tests passed.\n"),
            "BIND0001 pass; its closing line says 'failed'");
  EXPECT_EQ(told("sel4test", first), "BIND0001 pass; the closing line did not come");
  // It started again between two tests.
  EXPECT_EQ(
      told("sel4test", first + first + "Test suite passed. 1 tests passed. 0 tests disabled.\n"),
      "BIND0001 pass, BIND0001 pass; 2 results came, 1 were counted at the end");
}

TEST(Unity, ReadsResultsAndItsCounts) {
  EXPECT_EQ(told("unity",
                 "test/a.c:12:test_lock:PASS\n./main/a.c:20:test_free:FAIL: Expected 1 Was 2\n"
                 "noise a.c:31:test_far:IGNORE: no board\nC:\\x\\a.c:40:test_d:PASS (12 ms)\n"
                 "\n-----------------------\n4 Tests 1 Failures 1 Ignored \nFAIL\n"),
            "test_lock pass, test_free fail (Expected 1 Was 2), test_far skip (no board), "
            "test_d pass");
  EXPECT_EQ(told("unity",
                 "TEST(mm, alloc) PASS\nTEST(mm, free)a.c:9:TEST(mm, free):FAIL: no\n"
                 "IGNORE_TEST(mm, swap)\n3 Tests 1 Failures 1 Ignored\n"),
            "TEST(mm, alloc) pass, TEST(mm, free) fail (no), TEST(mm, swap) skip");
}

TEST(Unity, WhatIsMissingIsFound) {
  EXPECT_EQ(told("unity", "a.c:1:test_a:PASS\n"), "test_a pass; the closing line did not come");
  EXPECT_EQ(told("unity", "a.c:1:test_a:PASS\n2 Tests 0 Failures 0 Ignored\n"),
            "test_a pass; 1 results came, 2 were counted at the end");
  EXPECT_EQ(told("unity", "a.c:1:test_a:PASS\n1 Tests 1 Failures 0 Ignored\n"),
            "test_a pass; 0 tests failed, 1 were counted at the end");
  EXPECT_EQ(told("unity", "0 Tests 0 Failures 0 Ignored\nOK\n"), "; no test ran");
  // Only the dots of a run that does not say names.
  EXPECT_NE(told("unity", "...\n3 Tests 0 Failures 0 Ignored\nOK\n"), "");
  EXPECT_FALSE(read_log("unity", "a.c:1: warning: PASS\nInfo: FAIL\nOK\n").summary.found);
}

const std::string kTwo = "[==========] tests: Running 2 test(s).\n[ RUN      ] a\n";

TEST(Cmocka, ReadsResultsAndNotTheirList) {
  EXPECT_EQ(told("cmocka", kTwo + "[       OK ] a\n[ RUN      ] b\n[  ERROR   ] --- 0x1 != 0x2\n"
                                  "[   LINE   ] --- b.c:12: error: Failure!\n[  FAILED  ] b\n"
                                  "[==========] tests: 2 test(s) run.\n[  PASSED  ] 1 test(s).\n"
                                  "[  FAILED  ] tests: 1 test(s), listed below:\n[  FAILED  ] b\n"
                                  "\n 1 FAILED TEST(S)\n"),
            "a pass, b fail");
  EXPECT_EQ(told("cmocka", kTwo + "text[       OK ] a\n[ RUN      ] b\n[  SKIPPED ] b\n"
                                  "[==========] tests: 2 test(s) run.\n[  PASSED  ] 1 test(s).\n"
                                  "[  SKIPPED ] tests: 1 test(s), listed below:\n"
                                  "[  SKIPPED ] b\n"),
            "a pass, b skip");
  // Before 1.1.5 without the group's name.
  EXPECT_EQ(told("cmocka",
                 "[==========] Running 1 test(s).\n[ RUN      ] a\n[       OK ] a\n"
                 "[==========] 1 test(s) run.\n[  PASSED  ] 1 test(s).\n"),
            "a pass");
}

TEST(Cmocka, WhatIsMissingIsFound) {
  EXPECT_EQ(told("cmocka", kTwo + "[       OK ] a\n[ RUN      ] b\n"),
            "a pass, b fail (did not end); the closing line did not come");
  EXPECT_EQ(told("cmocka", kTwo + "[       OK ] a\n[  PASSED  ] 1 test(s).\n"),
            "a pass; 1 results came, 2 were announced");
  EXPECT_EQ(told("cmocka", kTwo + "[       OK ] a\n[ RUN      ] b\n[       OK ] b\n"
                                  "[  PASSED  ] 1 test(s).\n"
                                  "[  FAILED  ] tests: 1 test(s), listed below:\n"),
            "a pass, b pass; 2 tests passed, 1 were counted at the end (and 1 more)");
  EXPECT_EQ(told("cmocka", "[==========] tests: Running 0 test(s).\n[  PASSED  ] 0 test(s).\n"),
            "; no test ran");
}

}  // namespace
}  // namespace harness
