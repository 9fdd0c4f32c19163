#include <gtest/gtest.h>

#include <set>

#include "formats/formats_testing.h"
#include "formats/prefix.h"

namespace harness {
namespace {

using testing_formats::read_log;
using testing_formats::told;

TEST(Formats, HaveNamesOfTheirOwnAndFindNothingInNothing) {
  std::set<std::string_view> names;
  for (const Format& format : formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_FALSE(read_log(format.name, "hello\n\nworld").summary.found) << format.name;
  }
  EXPECT_EQ(find_format("nunit"), nullptr);
}

TEST(Prefix, OfALineIsTakenOff) {
  EXPECT_EQ(without_prefix("[    1.234567]   ok 1"), "  ok 1");
  EXPECT_EQ(without_prefix("<14>[1.5][ T1] x"), "x");
  for (const char* whole : {"[ RUN      ] A.b", "[==========] x", "[] x", "[abc1] x", "(x1) x",
                            "CPU: x", "<a> x", "[1", "<1234> x"}) {
    EXPECT_EQ(without_prefix(whole), whole);
  }
}

TEST(KvmUnitTests, LinesAndSummaryAgree) {
  EXPECT_EQ(told("kvm-unit-tests",
                 "enabling apic\nPASS: apic: id\nFAIL: apic: timer\nSKIP: apic: x2apic\n"
                 "XFAIL: apic: known\nXPASS: apic: mended\n"
                 "SUMMARY: 5 tests, 2 unexpected failures, 1 expected failures, 1 skipped\n"),
            "apic: id pass, apic: timer fail, apic: x2apic skip, apic: known pass (failed, as "
            "expected), apic: mended fail (passed, and was expected to fail)");
}

TEST(KvmUnitTests, AMissingSummaryIsACrash) {
  EXPECT_EQ(told("kvm-unit-tests", "PASS: a\n"),
            "a pass; no SUMMARY: it cannot be told whether results are missing");
  EXPECT_EQ(told("kvm-unit-tests", "PASS: a\nSUMMARY: 2 tests\n"),
            "a pass; 1 results came, SUMMARY counts 2");
}

TEST(GoogleTest, ResultsAreReadUpToTheClosingLine) {
  EXPECT_EQ(
      told("googletest",
           "[==========] Running 3 tests from 1 test suite.\n[----------] 3 tests from A\n"
           "[ RUN      ] A.a\n[       OK ] A.a (0 ms)\n"
           "[ RUN      ] A.b/0\na.cpp:3: Failure\n[  FAILED  ] A.b/0, where GetParam() = 7 (1 ms)\n"
           "[ RUN      ] A.c\n[  SKIPPED ] A.c (0 ms)\n"
           "[==========] 3 tests from 1 test suite ran. (1 ms total)\n[  PASSED  ] 1 test.\n"
           "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.b/0, where GetParam() = 7\n"),
      "A.a pass, A.b/0 fail, A.c skip");
}

TEST(GoogleTest, ATestThatTookTheProgramWithItFails) {
  EXPECT_EQ(told("googletest",
                 "[==========] Running 2 tests from 1 test suite.\n[ RUN      ] A.a\n"
                 "[       OK ] A.a (0 ms)\n[ RUN      ] A.b\nSegmentation fault\n"),
            "A.a pass, A.b fail (did not end); the closing line did not come");
}

TEST(Solo5, TheTextDecides) {
  EXPECT_EQ(told("solo5", "SUCCESS\nSolo5: solo5_exit(0) called\n"), "solo5 pass (solo5_exit(0))");
  EXPECT_EQ(told("solo5", "Solo5: solo5_exit(1) called\n"), "solo5 fail (solo5_exit(1))");
  EXPECT_EQ(told("solo5", "no SUCCESS yet\n"), "");
}

}  // namespace
}  // namespace harness
