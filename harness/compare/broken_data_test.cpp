#include "compare/broken_data.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compare/google_benchmark.h"
#include "compare/render.h"

namespace harness {
namespace {

Series timed(const std::string& name, std::vector<double> samples) {
  Series series;
  series.name = name;
  series.unit = "ns";
  series.noisy = true;
  series.of_file = true;
  series.samples = std::move(samples);
  return series;
}
Series booted(std::vector<double> samples) {
  Series series = timed("a", std::move(samples));
  series.of_file = false;
  return series;
}
Measurements side(std::vector<Series> series) {
  Measurements all;
  all.scenario = "s";
  all.source = "file";
  all.series = std::move(series);
  return all;
}
/// 25 samples near `middle`.
std::vector<double> near(double middle) {
  std::vector<double> samples;
  for (int i = 0; i < 25; ++i) samples.push_back(middle * (1 + 0.001 * ((i * 7) % 25)));
  return samples;
}

TEST(BrokenData, ManyZerosAreInvalidAndNotInconclusive) {
  std::vector<double> zeros(25);
  zeros[3] = 17;
  const Comparison result = compare(side({timed("a", near(10))}), side({timed("a", zeros)}), {});
  EXPECT_EQ(result.rows.at(0).change, Change::invalid);
  EXPECT_EQ(result.rows.at(0).detail, "in NEW: 24 of 25 samples are zero");
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_NE(comparison_console({result}, false).find("invalid"), std::string::npos);
}

TEST(BrokenData, ASpreadAboveTheMeanIsInvalid) {
  std::vector<double> wild = near(1);
  wild[0] = wild[1] = 500;
  EXPECT_NE(broken_data(timed("a", wild)).find("is above their mean"), std::string::npos);
  std::vector<double> slowed = near(10);  // every eighth by several times, as beside compilers
  for (std::size_t i = 0; i < slowed.size(); i += 8) slowed[i] *= 4;
  EXPECT_EQ(broken_data(timed("a", slowed)), "");
}

/// Seen in gates beside load, of a guest that had not changed.
TEST(BrokenData, BootsThatWaitedForAProcessorAreNotBroken) {
  EXPECT_EQ(broken_data(booted({9, 0, 17, 15, 16, 0, 15, 14, 16})), "") << "cut off at 0";
  EXPECT_EQ(broken_data(booted({0, 0, 17, 0, 16, 0, 0, 14, 16})), "5 of 9 samples are zero");
  EXPECT_EQ(broken_data(booted({9, 8, 900, 8, 700, 10, 9, 9, 8})), "");
}

TEST(BrokenData, WhatMayBeAnythingIsLeftAlone) {
  Series counter = timed("hits", std::vector<double>(25));
  counter.better = Direction::neither;
  EXPECT_EQ(broken_data(counter), "");
  Series exact = timed("bytes", {0, 0});
  exact.noisy = false;
  EXPECT_EQ(broken_data(exact), "");
  EXPECT_EQ(broken_data(timed("a", near(3))), "");
}

std::string repetitions(int count, int announced) {
  std::string entries;
  for (int i = 0; i < count; ++i) {
    entries += fmt::format(
        R"({}{{"name": "a", "run_name": "a", "run_type": "iteration", "repetitions": {},)"
        R"( "iterations": 1, "real_time": {}, "time_unit": "ns"}})",
        i == 0 ? "" : ", ", announced, 100 + i);
  }
  return R"({"context": {}, "benchmarks": [)" + entries + "]}";
}

TEST(BrokenData, FewerSamplesThanAnnouncedAreInvalid) {
  const auto all = measurements_of_google_benchmark(repetitions(7, 10), "new.json");
  const Comparison result = compare(all, all, {});
  EXPECT_EQ(result.rows.at(0).change, Change::invalid);
  EXPECT_EQ(result.rows.at(0).detail, "in BASE: 7 of 10 announced samples arrived");
  const auto whole = measurements_of_google_benchmark(repetitions(10, 10), "new.json");
  EXPECT_NE(compare(whole, whole, {}).rows.at(0).change, Change::invalid);
}

TEST(BrokenData, AllNumbersMovedByOneFactorAreInvalid) {
  std::vector<Series> base, twice, some;
  for (int i = 1; i <= 6; ++i) {
    const std::string name = fmt::format("f{}", i);
    base.push_back(timed(name, near(100.0 * i)));
    twice.push_back(timed(name, near(200.0 * i)));
    some.push_back(timed(name, near(i == 3 ? 300 : 200.0 * i)));
  }
  const Comparison all = compare(side(base), side(twice), {});
  EXPECT_EQ(all.status, ExitStatus::invalid_data);
  EXPECT_EQ(all.rows.at(2).change, Change::invalid);
  ASSERT_EQ(all.notes.size(), 1u);
  EXPECT_NE(all.notes[0].find("all 6 numbers in ns moved by one factor (2.000)"),
            std::string::npos);
  EXPECT_EQ(compare(side(base), side(some), {}).status, ExitStatus::regression);
}

TEST(CompareWords, AnImprovementIsNotHeadedUnchanged) {
  const Comparison better =
      compare(side({timed("a", near(100))}), side({timed("a", near(67))}), {});
  EXPECT_STREQ(comparison_word(better), "improvement");
  EXPECT_STREQ(comparison_word(std::vector{better}), "improvement");
  EXPECT_EQ(better.status, ExitStatus::pass);
  const Comparison same = compare(side({timed("a", near(100))}), side({timed("a", near(100))}), {});
  EXPECT_STREQ(comparison_word(same),
               same.status == ExitStatus::pass ? "unchanged" : "inconclusive");
}

TEST(CompareAggregates, ABenchmarkThatHasOnlyTheseIsNotNew) {
  const std::string aggregates =
      R"({"context": {}, "benchmarks": [{"name": "a_mean", "run_name": "a",)"
      R"( "run_type": "aggregate", "aggregate_name": "mean", "iterations": 3, "real_time": 5,)"
      R"( "time_unit": "ns"}, {"name": "b", "run_name": "b", "run_type": "iteration",)"
      R"( "iterations": 1, "real_time": 5, "time_unit": "ns"}]})";
  const auto base = measurements_of_google_benchmark(aggregates, "base.json");
  const Comparison result =
      compare(base, measurements_of_google_benchmark(repetitions(3, 3), "new.json"), {});
  EXPECT_EQ(result.rows.at(0).name, "a");
  EXPECT_EQ(result.rows.at(0).change, Change::not_comparable);
  EXPECT_EQ(result.rows.at(0).detail, "in BASE: it has aggregates only, and samples are needed");
}

TEST(CompareGate, AnAlarmByHostTimeIsCappedAndALimitHolds) {
  Comparison result = compare(side({timed("a", near(100)), timed("b", near(50))}),
                              side({timed("a", near(150)), timed("b", near(50))}), {});
  ASSERT_EQ(result.status, ExitStatus::regression);
  cap_at_inconclusive(result, "the baseline is of another time");
  EXPECT_EQ(result.rows[0].change, Change::inconclusive);
  EXPECT_EQ(result.status, ExitStatus::inconclusive);
  EXPECT_TRUE(result.rows[0].detail.starts_with("regression, and the baseline is of another time"));

  Series limited = timed("a", near(100));
  limited.limit = 120;
  Comparison beyond = compare(side({limited}), side({timed("a", near(150))}), {});
  cap_at_inconclusive(beyond, "the baseline is of another time");
  EXPECT_EQ(beyond.status, ExitStatus::regression);
}

}  // namespace
}  // namespace harness
