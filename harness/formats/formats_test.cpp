#include <gtest/gtest.h>

#include <set>

#include "formats/formats_testing.h"

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

TEST(KvmUnitTests, LinesAndSummaryAgree) {
  EXPECT_EQ(told("kvm-unit-tests",
                 "enabling apic\nPASS: apic: id\nFAIL: apic: timer\nSKIP: apic: x2apic\n"
                 "XFAIL: apic: known\nXPASS: apic: mended\n"
                 "SUMMARY: 5 tests, 2 unexpected failures, 1 expected failures, 1 skipped\n"),
            "apic: id pass, apic: timer fail, apic: x2apic skip, apic: known pass (failed, as "
            "expected), apic: mended fail (passed, and was expected to fail)");
}

TEST(KvmUnitTests, TheStatusThatItPrintsCounts) {
  const std::string results = "PASS: a\nSUMMARY: 1 tests\n\n";
  EXPECT_EQ(told("kvm-unit-tests", results + "EXIT: STATUS=1\n"), "a pass");
  EXPECT_EQ(told("kvm-unit-tests", results + "EXIT: STATUS=3\n"),
            "a pass; no failure came, and it says EXIT: STATUS=3");
  EXPECT_EQ(told("kvm-unit-tests",
                 "FAIL: a\nSUMMARY: 1 tests, 1 unexpected failures\n\nEXIT: STATUS=3\n"),
            "a fail");
  EXPECT_EQ(read_log("kvm-unit-tests", "\nEXIT: STATUS=3\n").summary.status, wire::Status::fail);
  EXPECT_EQ(testing_formats::rank_of(read_log("kvm-unit-tests", "\nEXIT: STATUS=77\n")),
            testing_formats::Rank::skip);
  // All that it has are skipped, which its own runner tells by the status alone.
  EXPECT_EQ(told("kvm-unit-tests", "SKIP: a\nSUMMARY: 1 tests, 1 skipped\n\nEXIT: STATUS=77\n"),
            "a skip");
  EXPECT_EQ(read_log("kvm-unit-tests", "\nEXIT: STATUS=155\n").summary.status, wire::Status::fail);
  EXPECT_FALSE(read_log("kvm-unit-tests", "\nEXIT: STATUS=1\n").summary.found);
  // The first decides; what is no such line does not.
  EXPECT_EQ(told("kvm-unit-tests", results + "EXIT: STATUS=1\nEXIT: STATUS=3\n"), "a pass");
  // Digits are what its runner takes, and without one it is no pass.
  for (const char* status :
       {"3x", "3 x", "3EXIT: STATUS=3", "155", "-1", "", "0x3", "99999999999999999999"}) {
    EXPECT_NE(told("kvm-unit-tests", results + "EXIT: STATUS=" + status + "\n"), "a pass")
        << status;
  }
}

TEST(KvmUnitTests, AMissingSummaryIsACrash) {
  EXPECT_EQ(told("kvm-unit-tests", "PASS: a\n"),
            "a pass; no SUMMARY: it cannot be told whether results are missing");
  EXPECT_EQ(told("kvm-unit-tests", "PASS: a\nSUMMARY: 2 tests\n"),
            "a pass; 1 results came, SUMMARY counts 2");
}

TEST(KvmUnitTests, ASummaryThatIsCutOffProvesNothing) {
  for (const char* cut : {",", ", 1", ", 1 unexp", ", 1 skipped, 1 exp"}) {
    EXPECT_NE(read_log("kvm-unit-tests", "PASS: a\nSUMMARY: 1 tests" + std::string(cut))
                  .summary.fault.find("SUMMARY is cut off"),
              std::string::npos)
        << cut;
  }
  EXPECT_EQ(told("kvm-unit-tests", "PASS: a\nSUMMARY: 1 test"),
            "a pass; no SUMMARY: it cannot be told whether results are missing");
}

TEST(KvmUnitTests, KnownFailuresAreNone) {
  EXPECT_EQ(told("kvm-unit-tests",
                 "KFAIL: pmu: broken here\nPASS: a\nSUMMARY: 2 tests, 1 known failures\n"),
            "pmu: broken here skip (a known failure), a pass");
}

TEST(KvmUnitTests, EachCountOfTheSummaryIsHeldAgainstWhatCame) {
  // A torn "XPASS: b" looks like a pass; the summary knows better.
  EXPECT_EQ(told("kvm-unit-tests",
                 "PASS: a\nX[ 1.2] message\nPASS: b\nSUMMARY: 2 tests, 1 unexpected failures\n"),
            "a pass, b pass; 0 unexpected failures came, SUMMARY counts 1");
  EXPECT_EQ(told("kvm-unit-tests", "SKIP: a\nPASS: b\nSUMMARY: 2 tests\n"),
            "a skip, b pass; 1 skipped came, SUMMARY counts 0");
}

TEST(KvmUnitTests, AnAbortFailsThoughItsSummaryCounts) {
  const FormatResults all =
      read_log("kvm-unit-tests", "PASS: a\nABORT: apic: no timer\nSUMMARY: 1 tests\n");
  EXPECT_EQ(all.summary.status, wire::Status::fail);
  EXPECT_EQ(all.summary.fault, "aborted: apic: no timer");
}

TEST(KvmUnitTests, NoReportAtAllIsASkip) {
  const FormatResults all = read_log("kvm-unit-tests", "SUMMARY: 0 tests\n");
  EXPECT_EQ(all.summary.status, wire::Status::skip);
  EXPECT_EQ(all.summary.fault, "");
}

TEST(KvmUnitTests, AMissingSummaryIsToldApartFromOtherFaults) {
  EXPECT_TRUE(read_log("kvm-unit-tests", "PASS: a\n").summary.end_missing);
  EXPECT_FALSE(read_log("kvm-unit-tests", "PASS: a\nSUMMARY: 1 tests\n").summary.end_missing);
  EXPECT_FALSE(read_log("kvm-unit-tests", "PASS: a\nABORT: x\n").summary.end_missing);
}

TEST(Solo5, TheTextDecides) {
  EXPECT_EQ(told("solo5", "SUCCESS\nSolo5: solo5_exit(0) called\n"), "solo5 pass (solo5_exit(0))");
  EXPECT_EQ(told("solo5", "Solo5: solo5_exit(1) called\n"), "solo5 fail (solo5_exit(1))");
  EXPECT_EQ(told("solo5", "Solo5: solo5_exit(0) called\n"), "solo5 pass (solo5_exit(0))");
  EXPECT_EQ(told("solo5", "SUCCESS\nSolo5: solo5_exit(1) called\n"), "solo5 fail (solo5_exit(1))");
  EXPECT_EQ(told("solo5", "SUCCESS\nSolo5: solo5_abort() called\n"),
            "solo5 fail (solo5_exit(255))");
  EXPECT_EQ(told("solo5", "no SUCCESS yet\n"), "");
}

}  // namespace
}  // namespace harness
