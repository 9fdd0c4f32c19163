#include <gtest/gtest.h>

#include "check/check_testing.h"
#include "check/checks.h"
#include "check/judge.h"

namespace harness {
namespace {

PowerCuts tried_all() {
  PowerCuts cuts;
  cuts.boot = 2;
  cuts.writes = 4;
  cuts.flushes = 1;
  cuts.possible = cuts.tried = 30;
  cuts.disks = 20;
  cuts.points = {{.event = 0, .what = "", .states = 1},
                 {.event = 1, .what = "flush", .states = 29}};
  return cuts;
}

TEST(PowerCutCheck, SaysHowManyOfHowMany) {
  PowerCuts cuts = tried_all();
  EXPECT_EQ(check_power_cuts(cuts).status, FindingStatus::pass);
  EXPECT_EQ(check_power_cuts(cuts).check, "power cuts in boot 2");
  EXPECT_EQ(check_power_cuts(cuts).figure, "all 30 states of 4 writes and 1 flush, 20 disks");
  cuts.possible = 1'000'000;
  EXPECT_EQ(check_power_cuts(cuts).figure,
            "30 of 1,000,000 states of 4 writes and 1 flush, 20 disks");
  cuts.possible = UINT64_MAX;
  EXPECT_EQ(check_power_cuts(cuts).figure,
            "30 states of more than can be counted of 4 writes and 1 flush, 20 disks");
}

TEST(PowerCutCheck, AFailureNamesTheCut) {
  PowerCuts cuts = tried_all();
  cuts.failed = 3;
  cuts.failures = {{.event = 1,
                    .state = "sector 9 of event 1 lost",
                    .verdict = {VerdictKind::panic, "records are torn"}}};
  const Finding finding = check_power_cuts(cuts);
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason,
            "3 of 30 states failed; first after event 1 (flush), sector 9 of event 1 lost: "
            "records are torn");
}

TEST(PowerCutCheck, WhatWasAskedForAndIsNotThereIsNoPass) {
  RunRecord record = testing_record::run_of({sample_session().close("pass")});
  record.power_cuts = {tried_all()};  // of boot 2
  PowerCutSpec spec;
  spec.boots = {1, 2};
  spec.at = {"s.yaml", 7, 1};
  complete_power_cuts(record, spec);
  judge(record, {});
  ASSERT_EQ(record.findings.size(), 2u);
  EXPECT_EQ(record.findings[0].status, FindingStatus::pass);
  EXPECT_EQ(record.findings[0].at.line, 7);
  EXPECT_EQ(record.findings[1].check, "power cuts in boot 1");
  EXPECT_EQ(record.findings[1].status, FindingStatus::invalid);
  EXPECT_EQ(record.verdict.kind, VerdictKind::invalid_data);
}

TEST(PowerCutCheck, NothingTriedIsNoPass) {
  PowerCuts cuts = tried_all();
  cuts.fault = "it wrote nothing to its first disk";
  EXPECT_EQ(check_power_cuts(cuts).status, FindingStatus::invalid);
  EXPECT_EQ(check_power_cuts(cuts).reason, "none was tried: it wrote nothing to its first disk");
  cuts.fault.clear();
  cuts.tried = 0;
  EXPECT_EQ(check_power_cuts(cuts).status, FindingStatus::fail);
}

}  // namespace
}  // namespace harness
