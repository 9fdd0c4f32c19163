// Ready patterns of test libraries for boards and C: Unity and cmocka. The others are in
// pattern_reader_test.cpp.
#include <gtest/gtest.h>

#include <string>

#include "formats/formats_testing.h"

namespace harness {
namespace {

using namespace testing_formats;

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
