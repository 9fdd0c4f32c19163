#include "compare/several_runs.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace harness {
namespace {

Series noisy(double value, const std::string& unit = "ns") {
  Series series;
  series.name = "f";
  series.unit = unit;
  series.noisy = true;
  series.samples = {value};
  return series;
}

Measurements run(Series series, const std::string& source = "a.json") {
  Measurements numbers;
  numbers.scenario = "prog";
  numbers.source = source;
  numbers.fingerprint = {{"host_name", "h"}};
  numbers.series = {std::move(series)};
  return numbers;
}

std::vector<Measurements> runs_of(const std::vector<double>& values) {
  std::vector<Measurements> runs;
  runs.reserve(values.size());
  for (const double value : values) runs.push_back(run(noisy(value)));
  return runs;
}

const std::vector<double> kQuiet = {100, 100.4, 99.8, 100.1, 99.6, 100.3};

ComparedNumber compared(const std::vector<double>& base, double candidate) {
  return compare(one_side_of(runs_of(base), {}), run(noisy(candidate)), {}).rows.at(0);
}

TEST(SeveralRuns, OneValueARunIsEnough) {
  EXPECT_EQ(compared(kQuiet, 100.2).change, Change::unchanged);
  const ComparedNumber slower =
      compared({100, 100.4, 99.8, 100.1, 99.6, 100.3, 100, 100.2, 99.9, 110, 110.2}, 110);
  EXPECT_EQ(slower.change, Change::regression);
  EXPECT_EQ(slower.base, 100);
  EXPECT_TRUE(slower.noisy);
}

Rules decided_by_one_run() {
  Rules rules;
  rules.one_run_decides = true;
  return rules;
}

TEST(SeveralRuns, OneRunDecidesWhereSomebodySaysSo) {
  const Measurements base = one_side_of(runs_of(kQuiet), {});
  EXPECT_EQ(compare(base, run(noisy(110)), {}).rows.at(0).change, Change::inconclusive);
  EXPECT_EQ(compare(base, run(noisy(110)), decided_by_one_run()).rows.at(0).change,
            Change::regression);
}

// Two runs off nine, and then a third, all begun within the hour: the host was so in that hour.
TEST(SeveralRuns, WhenTheyBeganIsHeldAgainstThem) {
  std::vector<Measurements> runs =
      runs_of({100, 100.4, 99.8, 100.1, 99.6, 100.3, 100, 100.2, 99.9, 110, 110.1});
  const auto begin = [&](const std::string& before, const std::string& behind) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
      runs[i].started_at = before + std::to_string(i + 10) + behind;
    }
  };
  Measurements candidate = run(noisy(110));
  begin("2026-01-02T03:", ":00Z");
  candidate.started_at = "2026-01-02T03:40:00Z";
  EXPECT_EQ(one_side_of(runs, {}).series[0].begun.size(), runs.size());
  EXPECT_EQ(compare(one_side_of(runs, {}), candidate, {}).rows.at(0).change, Change::inconclusive);
  begin("2026-01-", "T03:00:00Z");
  candidate.started_at = "2026-01-22T03:00:00Z";
  EXPECT_EQ(compare(one_side_of(runs, {}), candidate, {}).rows.at(0).change, Change::regression);
  runs[3].started_at = "some day";
  EXPECT_TRUE(one_side_of(runs, {}).series[0].begun.empty());
}

TEST(SeveralRuns, ARunIsItsMedian) {
  std::vector<Measurements> runs = runs_of(kQuiet);
  runs[2].series[0].samples = {99, 99.9, 5000};
  EXPECT_EQ(one_side_of(runs, {}).series[0].samples[2], 99.9);
}

TEST(SeveralRuns, AnOddRunAmongThemIsNoBrokenData) {
  EXPECT_EQ(compared({1, 1, 1.01, 40, 1, 0.99, 1, 1.01}, 1).change, Change::unchanged);
  EXPECT_EQ(compared({1, 0, 0, 0, 1, 0}, 1).change, Change::invalid);
}

TEST(SeveralRuns, AnotherUnitIsConverted) {
  std::vector<Measurements> runs = runs_of(kQuiet);
  runs[0].series[0].unit = "us";
  runs[0].series[0].samples = {0.1002};
  EXPECT_DOUBLE_EQ(one_side_of(runs, {}).series[0].samples[0], 100.2);
}

TEST(SeveralRuns, ARunWithoutTheNumberIsNotCounted) {
  std::vector<Measurements> runs = runs_of(kQuiet);
  runs[1].series.clear();
  runs[2].series[0].skipped = std::string("no such device");
  EXPECT_EQ(one_side_of(runs, {}).series[0].samples.size(), kQuiet.size() - 2);
}

TEST(SeveralRuns, AnExactNumberIsThatOfTheNewest) {
  std::vector<Measurements> runs = runs_of({1, 2, 2});
  for (Measurements& one : runs) one.series[0].noisy = false;
  const Measurements side = one_side_of(runs, {});
  EXPECT_EQ(side.series[0].samples, std::vector<double>{2});
  EXPECT_EQ(side.note, "exact numbers moved among its runs, and are those of the newest: f");
  Measurements candidate = run(noisy(3));
  candidate.series[0].noisy = false;
  EXPECT_EQ(compare(side, candidate, {}).rows.at(0).change, Change::regression);
}

TEST(SeveralRuns, ThatDidNotPassOrWereMeasuredOtherwiseAreRefused) {
  std::vector<Measurements> runs = runs_of(kQuiet);
  runs[1].fault = "its run did not pass: fail";
  EXPECT_EQ(one_side_of(runs, {}).fault, "a.json: its run did not pass: fail");
  runs = runs_of(kQuiet);
  runs[3].fingerprint = {{"host_name", "other"}};
  EXPECT_NE(one_side_of(runs, {}).fault.find("host_name: other and h"), std::string::npos);
  EXPECT_EQ(compare(one_side_of(runs, {}), run(noisy(100)), {}).status, ExitStatus::invalid_data);
  Rules rules;
  rules.ignore = {"host_name"};
  EXPECT_EQ(one_side_of(runs, rules).fault, "");
}

TEST(SeveralRuns, OneRunIsNoneToHoldARunAgainst) {
  const ComparedNumber row = compared({100}, 130);
  EXPECT_EQ(row.change, Change::inconclusive);
  EXPECT_EQ(row.detail, "1 run before it: 3 are needed at least to know how they differ");
}

TEST(SeveralRuns, WhatTheNewestLacksIsNotForgotten) {
  std::vector<Measurements> runs = runs_of(kQuiet);
  Series other = noisy(5);
  other.name = "g";
  for (Measurements& one : runs) one.series.push_back(other);
  runs.back().series.pop_back();
  const Measurements side = one_side_of(runs, {});
  ASSERT_EQ(side.series.size(), 2U);
  EXPECT_EQ(side.series[1].samples.size(), kQuiet.size() - 1);
  EXPECT_EQ(compare(side, run(noisy(100)), {}).rows.at(1).change, Change::missing);
}

TEST(SeveralRuns, OrderIsHeldAgainstWhenTheyBegan) {
  std::vector<Measurements> runs = runs_of({1, 2, 3});
  runs[0].started_at = "2026-01-02T00:00:00Z";
  runs[1].started_at = "2026-01-01T00:00:00Z";
  EXPECT_EQ(one_side_of(runs, {}).note, "") << "one does not say";
  runs[2].started_at = "2026-01-03T00:00:00Z";
  EXPECT_EQ(one_side_of(runs, {}).note, "its runs are not in the order in which they began");
}

TEST(SeveralRuns, ARunIsTheSameByItsFileOrByTimeAndSamples) {
  Measurements a = run(noisy(1), "/nowhere/a"), b = run(noisy(1), "/nowhere/b");
  EXPECT_FALSE(is_same_run(a, b));
  a.started_at = b.started_at = "2026-01-01T00:00:00Z";
  EXPECT_TRUE(is_same_run(a, b));
  b.series[0].samples = {2};
  EXPECT_FALSE(is_same_run(a, b)) << "many runs begin in one second";
  a.source = b.source = "/proc/self/exe";
  EXPECT_TRUE(is_same_run(a, b));
}

TEST(SeveralRuns, FewRunsAreInconclusiveAndSayHowMany) {
  const ComparedNumber row = compared({100, 100}, 130);
  EXPECT_EQ(row.change, Change::inconclusive);
  EXPECT_EQ(row.detail, "2 runs before it: 3 are needed at least to know how they differ");
}

// The two runs differ beyond doubt, and so do the runs before them.
TEST(SeveralRuns, AnAlarmBetweenTwoRunsMustHoldAgainstTheRunsBefore) {
  const auto boots = [](double middle) {
    Measurements numbers = run(noisy(middle));
    for (int i = 1; i < 12; ++i) numbers.series[0].samples.push_back(middle * (1 + 0.0004 * i));
    return numbers;
  };
  const Measurements older = boots(100), newer = boots(103), slower = boots(130);
  const std::vector<Measurements> runs = {boots(98),  boots(103), boots(100), boots(96),
                                          boots(101), boots(99),  boots(104), boots(97)};
  const Measurements past = one_side_of(runs, {});
  Comparison noise = compare(older, newer, {});
  ASSERT_EQ(noise.status, ExitStatus::regression);
  hold_against_runs(noise, past, newer, {});
  EXPECT_EQ(noise.status, ExitStatus::inconclusive);
  EXPECT_EQ(noise.notes.back(), "held against the history as well: 8 runs, the newest a.json");

  Comparison real = compare(older, slower, {});
  hold_against_runs(real, past, slower, {});
  EXPECT_EQ(real.status, ExitStatus::inconclusive) << "one run";
  real = compare(older, slower, {});
  hold_against_runs(real, past, slower, decided_by_one_run());
  EXPECT_EQ(real.status, ExitStatus::regression);
}

TEST(SeveralRuns, SourcesOfOneRunEachAreOneSideAndFoldersAreByScenario) {
  const auto one = [](double value) { return std::vector{run(noisy(value))}; };
  EXPECT_EQ(sides_of({one(1), one(2), one(3)}, {}).size(), 1U);
  Measurements other = run(noisy(5));
  other.scenario = "another";
  const auto sides = sides_of({{run(noisy(1)), other}, {other, run(noisy(2))}}, {});
  ASSERT_EQ(sides.size(), 2U);
  EXPECT_EQ(sides[0].series[0].samples, (std::vector<double>{1, 2}));
  EXPECT_EQ(sides[1].scenario, "another");
}

}  // namespace
}  // namespace harness
