#include <gtest/gtest.h>

#include "check/check_testing.h"

namespace harness {
namespace {

using namespace testing_record;

const std::string kOne = session({"[TIMING] Init: 1234 cycles", "bye"});
const std::string kOther = session({"[TIMING] Init: 1240 cycles", "bye"});

TEST(IdenticalCheck, PassesOnEqualSessions) {
  const Finding finding = run_check(run_of({kOne, kOne, kOne}), "identical");
  EXPECT_EQ(finding.status, FindingStatus::pass);
  EXPECT_EQ(finding.figure, "3 boots, " + std::to_string(kOne.size() - 1) + " bytes");
}
TEST(IdenticalCheck, OneDigitMakesCountedRunsInvalid) {
  const Finding finding = run_check(run_of({kOne, kOne, kOther}), "identical");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason,
            "line 2 of the session differs: boot 1 says '[TIMING] Init: 1234 cycles', boot 3 says "
            "'[TIMING] Init: 1240 cycles'");
}
TEST(IdenticalCheck, OfALongLineWhatStandsAroundTheDifferenceIsShown) {
  const std::string before = "[PANIC] \u00e4" + std::string(200, 'a') + " esp=0x10 \u00fc ebx=0x";
  const Finding finding =
      run_check(run_of({before + "7B46D0 ecx=0x0\n", before + "7B1CA9 ecx=0x0\n"}), "identical");
  EXPECT_EQ(finding.reason,
            "line 1 of the session differs: boot 1 says '...esp=0x10 \u00fc ebx=0x7B46D0 ecx=0x0', "
            "boot 2 says '...esp=0x10 \u00fc ebx=0x7B1CA9 ecx=0x0'");
}
TEST(IdenticalCheck, UnderTheHostClockItFails) {
  RunRecord record = run_of({kOne, kOther});
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(run_check(record, "identical").status, FindingStatus::fail);
}
TEST(IdenticalCheck, WhatStandsOutsideOfTheSessionMayDiffer) {
  EXPECT_EQ(
      run_check(run_of({"SeaBIOS 1\n" + kOne + "x\n", "SeaBIOS 2\n" + kOne}), "identical").status,
      FindingStatus::pass);
}
TEST(IdenticalCheck, AMissingTailDiffers) {
  const std::string cut = kOne.substr(0, kOne.size() - 20);
  const Finding finding = run_check(run_of({kOne, cut}), "identical");
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_EQ(finding.reason.find("line 4 of the session differs: boot 1 says '[END] "), 0u)
      << finding.reason;
}
TEST(IdenticalCheck, ABootThatALimitCutMayHaveSaidLessButNothingElse) {
  const std::string babble(5000, 'a');
  RunRecord record = run_of({babble, babble.substr(0, 4000)});
  EXPECT_EQ(run_check(record, "identical").status, FindingStatus::invalid);
  record.boots[1].trace.stop = StopReason::wall_limit;
  EXPECT_EQ(run_check(record, "identical").status, FindingStatus::pass);
  record.boots[1].trace.serial[100] = 'b';
  EXPECT_EQ(run_check(record, "identical").status, FindingStatus::invalid);
}
TEST(IdenticalCheck, TheLongerBootMayNotBeTheOneThatWasCut) {
  RunRecord record = run_of({"aaaa", "aa"});
  record.boots[0].trace.stop = StopReason::wall_limit;
  EXPECT_EQ(run_check(record, "identical").status, FindingStatus::invalid);
}
TEST(IdenticalCheck, TwoSilentBootsAreIdentical) {
  EXPECT_EQ(run_check(run_of({"", ""}), "identical").figure, "2 boots, 0 bytes");
}

}  // namespace
}  // namespace harness
