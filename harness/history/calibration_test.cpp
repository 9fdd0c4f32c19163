#include "history/calibration.h"

#include <gtest/gtest.h>

#include "compare/compare.h"
#include "history/entry_testing.h"
#include "history/measured.h"

namespace harness::history {
namespace {

const ThresholdResult& at(const CalibrationGroup& group, double threshold) {
  for (const ThresholdResult& result : group.thresholds) {
    if (result.threshold == threshold) return result;
  }
  throw std::out_of_range("no such threshold");
}

TEST(Calibration, ExactChangeIsRealAndThresholdsSeeTheirShare) {
  // +1 of 1000 is 0.1 %, which is not above 0.1 %; then +6 %.
  const auto entries =
      sample_entries({1000, 1001, 1001, 1061, 1061, 1061, 1061, 1061, 1061, 1061, 1061});
  const Calibration calibration = calibrate(entries);
  ASSERT_EQ(calibration.groups.size(), 1u);
  const CalibrationGroup& group = calibration.groups[0];
  EXPECT_EQ(group.runs, 11u);
  EXPECT_EQ(group.pairs, 10u);
  EXPECT_TRUE(group.enough);
  EXPECT_EQ(at(group, 0).flagged, 2u);
  EXPECT_EQ(at(group, 0).real, 2u);
  EXPECT_EQ(at(group, 0.01).flagged, 1u);
  EXPECT_EQ(at(group, 0.05).real, 1u);
  EXPECT_EQ(at(group, 0.10).flagged, 0u);
  EXPECT_EQ(at(group, 0).false_alarms, 0u);
}

TEST(Calibration, ChangeOfTheSameImageIsAFalseAlarm) {
  auto entries = sample_entries({1000, 1030});
  entries[1].fingerprint.image_sha256 = entries[0].fingerprint.image_sha256;
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(at(group, 0.01).false_alarms, 1u);
  EXPECT_EQ(at(group, 0.01).noisiest, "fibonacci avg");
  EXPECT_EQ(at(group, 0.05).flagged, 0u);
}

TEST(Calibration, ExactChangeOfUnknownImagesThatWentBackIsAFalseAlarm) {
  auto entries = sample_entries({1000, 1030, 1000, 1030});
  EXPECT_EQ(at(calibrate(entries).groups.at(0), 0).real, 2u);
  for (Entry& entry : entries) entry.fingerprint.image_sha256.clear();
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(at(group, 0).false_alarms, 1u);
  EXPECT_EQ(at(group, 0).real, 1u);  // the last one has not gone back
}

/// Ten boots within 1 % of each level, which is what the statistics need to say anything.
std::vector<Entry> noisy_entries(const std::vector<std::uint64_t>& levels) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    std::vector<std::uint64_t> boots;
    for (const int offset : {-5, 3, 0, -2, 4, 1, -4, 2, 5, -1}) {
      boots.push_back(levels[i] + static_cast<std::uint64_t>(offset + static_cast<int>(i % 3)));
    }
    entries.push_back(sample_entry(i, boots, ClockKind::host));
  }
  return entries;
}

TEST(Calibration, NoisyStepIsRealAndSpikesAreFalse) {
  // A spike of 8 % at 5, a lasting 8 % from 14 on, and a rise at the very end.
  const auto entries =
      noisy_entries({1000, 1004, 997,  1001, 995,  1080, 1003, 999,  1002, 998,  1005, 996,  1000,
                     1003, 1081, 1077, 1084, 1079, 1082, 1080, 1076, 1083, 1078, 1085, 1077, 1180});
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(group.noisy, 1u);
  EXPECT_EQ(group.exact, 0u);
  EXPECT_EQ(group.pairs, 25u);
  EXPECT_EQ(at(group, 0.05).flagged, 3u);
  EXPECT_EQ(at(group, 0.05).real, 1u);
  EXPECT_EQ(at(group, 0.05).false_alarms, 1u);
  EXPECT_EQ(at(group, 0.05).undecided, 1u);
  EXPECT_EQ(at(group, 0.05).rate, 1.0 / 25);
  // Less than 1 % is an alarm at no threshold, as in a gate.
  EXPECT_EQ(at(group, 0).flagged, 3u);
}

TEST(Calibration, FewSamplesOfHostTimeAreInconclusiveAndNoAlarm) {
  const auto entries = sample_entries({1000, 1200, 1000, 1200}, ClockKind::host);
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(at(group, 0).flagged, 0u);
  EXPECT_EQ(at(group, 0).inconclusive, 3u);
}

TEST(Calibration, FlagsWhatCompareCallsARegression) {
  auto entries = noisy_entries({1000, 1000, 1009, 1040, 1200, 1190});
  const auto exact = sample_entries({500, 510, 505, 700});
  entries.insert(entries.end(), exact.begin(), exact.end());
  for (const CalibrationGroup& group : calibrate(entries).groups) {
    for (const ThresholdResult& result : group.thresholds) {
      std::size_t regressions = 0;
      Rules rules;
      rules.tolerance = Tolerance{100 * result.threshold, true, {}};
      for (std::size_t i = 1; i < entries.size(); ++i) {
        const Entry &base = entries[i - 1], &candidate = entries[i];
        if (base.fingerprint.clock != group.clock || candidate.fingerprint.clock != group.clock) {
          continue;
        }
        const Comparison one =
            compare(measurements_of(base, "base"), measurements_of(candidate, "new"), rules);
        if (one.status == ExitStatus::regression) ++regressions;
      }
      EXPECT_EQ(result.flagged, regressions) << result.threshold;
    }
  }
}

TEST(Calibration, WhatMayWaitForTheDiskIsNotJudgedAndIsNamed) {
  auto entries = sample_entries({1000, 1000, 1000});
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const char* name : {"phase boot sector", "phases, total"}) {
      entries[i].metrics.push_back(
          {Source::phase, name, "instructions", {{1, 100 + 50 * (i % 2)}}});
    }
  }
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(at(group, 0).flagged, 0u);
  EXPECT_EQ(group.exact, 1u);
  EXPECT_EQ(group.left_out, (std::vector<std::string>{"phase boot sector", "phases, total"}));
}

TEST(Calibration, MoreOfAnythingPerSecondIsBetter) {
  auto entries = sample_entries({1000, 500, 1000, 1000});
  for (Entry& entry : entries) entry.metrics[0].unit = "KB/s";
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(at(group, 0).flagged, 1u);
  EXPECT_EQ(at(group, 0).real, 1u);
  EXPECT_EQ(at(group, 0.10).flagged, 1u);
}

TEST(Calibration, FallOfARateIsRealWhereItLastsAndFalseWhereItWentBack) {
  auto lasting = noisy_entries({1000, 1001, 999, 1002, 998, 1000, 800, 801, 799, 802, 798, 800});
  for (Entry& entry : lasting) {
    entry.metrics[0].source = Source::found_higher;
    entry.metrics[0].unit = "KB/s";
  }
  const CalibrationGroup stepped = calibrate(lasting).groups.at(0);
  EXPECT_EQ(at(stepped, 0.05).flagged, 1u);
  EXPECT_EQ(at(stepped, 0.05).real, 1u);

  auto back = sample_entries({1000, 500, 1500});
  for (Entry& entry : back) {
    entry.metrics[0].unit = "KB/s";
    entry.fingerprint.image_sha256.clear();
  }
  EXPECT_EQ(at(calibrate(back).groups.at(0), 0).false_alarms, 1u);
}

TEST(Calibration, RunsThatDidNotPassAreNoPairs) {
  auto entries = sample_entries({1000, 2000, 1000, 2000});
  entries[1].verdict = VerdictKind::fail;
  entries[3].verdict = VerdictKind::truncated;
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(group.runs, 2u);
  EXPECT_EQ(group.pairs, 1u);
  EXPECT_EQ(group.not_passed, 2u);
  EXPECT_EQ(at(group, 0).flagged, 0u);
}

TEST(Calibration, NumberOfOneRunOnlyIsCountedBesideTheAlarms) {
  auto entries = sample_entries({1000, 1001, 1001});
  entries[1].metrics.push_back({Source::metric, "free", "bytes", {{1, 7}}});
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(group.pairs, 2u);
  EXPECT_EQ(group.unlike, 2u);
  EXPECT_EQ(at(group, 0).flagged, 1u);
}

TEST(Calibration, FewPairsAreNotEnough) {
  EXPECT_FALSE(calibrate(sample_entries(std::vector<std::uint64_t>(10, 1))).groups.at(0).enough);
  EXPECT_TRUE(calibrate(sample_entries(std::vector<std::uint64_t>(11, 1))).groups.at(0).enough);
  EXPECT_TRUE(calibrate({}).groups.empty());
}

TEST(Calibration, UnlikeRunsAreNoPair) {
  auto entries = sample_entries({1000, 2000, 1000, 2000});
  entries[1].fingerprint.compiler = entries[3].fingerprint.compiler = "other";
  const CalibrationGroup group = calibrate(entries).groups.at(0);
  EXPECT_EQ(group.runs, 4u);
  EXPECT_EQ(group.pairs, 2u);
  EXPECT_EQ(at(group, 0).flagged, 0u);
}

TEST(Calibration, PairOfManyAlarmsCountsOnceAndClocksStandApart) {
  auto entries = sample_entries({10, 20});
  for (Entry& entry : entries) {
    entry.metrics.push_back(entry.metrics[0]);
    entry.metrics[1].name = "primes avg";
  }
  const auto host = sample_entries({10, 10}, ClockKind::host);
  entries.insert(entries.end(), host.begin(), host.end());
  const auto groups = calibrate(entries).groups;
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(at(groups[0], 0).flagged, 1u);
  EXPECT_EQ(at(groups[1], 0).flagged, 0u);
}

}  // namespace
}  // namespace harness::history
