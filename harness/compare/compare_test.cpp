#include "compare/compare.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "compare/figures.h"
#include "compare/google_benchmark.h"
#include "compare/render.h"
#include "report/report.h"

namespace harness {
namespace {

Series exact(const std::string& name, double value, const std::string& unit = "instructions") {
  return {.name = name,
          .unit = unit,
          .better = better_of(unit),
          .noisy = false,
          .samples = {value, value},
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

Series noisy(const std::string& name, std::vector<double> samples) {
  return {.name = name,
          .unit = "cycles",
          .better = Direction::lower,
          .noisy = true,
          .samples = std::move(samples),
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

Measurements side(std::vector<Series> series) {
  return {.scenario = "s",
          .source = "file",
          .fingerprint = {{"clock", "counted"}},
          .series = std::move(series),
          .fault = {}};
}

Comparison compared(const Series& base, const Series& fresh, const Rules& rules = {}) {
  return compare(side({base}), side({fresh}), rules);
}

Change change_of(const Comparison& result, std::size_t row = 0) {
  return result.rows.at(row).change;
}

/// Twelve samples around a middle, the same ripple each time.
std::vector<double> around(double middle) {
  std::vector<double> samples;
  for (int i = 0; i < 12; ++i) samples.push_back(middle * (1 + 0.001 * ((i * 7) % 12)));
  return samples;
}

// ---- exact numbers ----------------------------------------------------------------------------

TEST(CompareExact, OneInstructionMoreIsARegressionAndIsNamed) {
  const Comparison result = compared(exact("fibonacci avg", 2842), exact("fibonacci avg", 2843));
  EXPECT_EQ(change_of(result), Change::regression);
  EXPECT_EQ(result.status, ExitStatus::regression);
  EXPECT_NE(comparison_console({result}, false)
                .find("fibonacci avg: 2,842 → 2,843 instructions (+1, +0.04 %)"),
            std::string::npos);
}

TEST(CompareExact, EqualIsUnchangedAndLessIsAnImprovement) {
  EXPECT_EQ(compared(exact("a", 7), exact("a", 7)).status, ExitStatus::pass);
  const Comparison result = compared(exact("a", 7), exact("a", 6));
  EXPECT_EQ(change_of(result), Change::improvement);
  EXPECT_EQ(result.status, ExitStatus::pass);
}

TEST(CompareExact, HundredTimesSlowerIsARegression) {
  EXPECT_EQ(compared(exact("a", 50), exact("a", 5000)).status, ExitStatus::regression);
}

TEST(CompareExact, MorePerSecondIsBetterAndAChangeOfAnUnknownUnitIsNot) {
  EXPECT_EQ(change_of(compared(exact("a", 5, "MB/s"), exact("a", 6, "MB/s"))), Change::improvement);
  EXPECT_EQ(change_of(compared(exact("a", 6, "MB/s"), exact("a", 5, "MB/s"))), Change::regression);
  EXPECT_EQ(change_of(compared(exact("a", 6, "llamas"), exact("a", 5, "llamas"))),
            Change::regression);
}

TEST(CompareExact, ToleranceEndsWhereItSays) {
  Rules rules;
  rules.tolerances["a"] = *parse_tolerance("2%");
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1020), rules).status, ExitStatus::pass);
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1021), rules).status, ExitStatus::regression);
  rules.tolerances["a"] = *parse_tolerance("3 instructions");
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1003), rules).status, ExitStatus::pass);
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1004), rules).status, ExitStatus::regression);
}

TEST(CompareExact, ToleranceOfAnotherUnitOrForNoNumberIsAMistake) {
  Rules rules;
  rules.tolerances["a"] = *parse_tolerance("3 bytes");
  EXPECT_THROW(compared(exact("a", 1), exact("a", 1), rules), UsageError);
  rules.tolerances = {{"b", {}}};
  EXPECT_THROW(compared(exact("a", 1), exact("a", 1), rules), UsageError);
}

TEST(CompareExact, LimitHoldsWhateverTheToleranceSays) {
  Series base = exact("a", 1000);
  base.tolerance = parse_tolerance("50%");
  base.limit = 1100;
  EXPECT_EQ(compared(base, exact("a", 1100)).status, ExitStatus::pass);
  EXPECT_EQ(compared(base, exact("a", 1101)).status, ExitStatus::regression);
}

// ---- what does not compare --------------------------------------------------------------------

TEST(CompareRefuses, TwoSidesWithNothingInCommon) {
  const Comparison result = compare(side({exact("a", 1)}), side({exact("b", 2)}), {});
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_NE(comparison_console({result}, false).find("no number in common"), std::string::npos);
}

TEST(CompareRefuses, VanishedAndNewNumbersUnlessAllowed) {
  const Measurements base = side({exact("a", 1), exact("b", 2)}), fresh = side({exact("a", 1)});
  const Comparison gone = compare(base, fresh, {});
  EXPECT_EQ(change_of(gone, 1), Change::missing);
  EXPECT_EQ(gone.status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(fresh, base, {}).status, ExitStatus::invalid_data);
  Rules rules;
  rules.allow_missing = true;
  EXPECT_EQ(compare(base, fresh, rules).status, ExitStatus::pass);
  EXPECT_EQ(compare(fresh, base, rules).status, ExitStatus::invalid_data);
  rules.allow_new = true;
  EXPECT_EQ(compare(fresh, base, rules).status, ExitStatus::pass);
}

TEST(CompareRefuses, RenamedNumbersAreSuspectedByValueAndUnit) {
  const Comparison result = compare(side({exact("a", 1), exact("old", 77), exact("x", 5)}),
                                    side({exact("a", 1), exact("new", 77), exact("y", 6)}), {});
  ASSERT_EQ(result.rows.size(), 4u);
  EXPECT_EQ(change_of(result, 1), Change::renamed);
  EXPECT_NE(result.rows[1].detail.find("'new'"), std::string::npos);
  EXPECT_EQ(change_of(result, 2), Change::missing);
  EXPECT_EQ(change_of(result, 3), Change::added);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, ChangeOfUnitOrDirection) {
  EXPECT_EQ(change_of(compared(exact("a", 1), exact("a", 1, "bytes"))), Change::not_comparable);
  Series other = exact("a", 1);
  other.better = Direction::higher;
  const Comparison result = compared(exact("a", 1), other);
  EXPECT_EQ(change_of(result), Change::not_comparable);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, SamplesThatCannotBe) {
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity(), 8.0}) {
    Series series = exact("a", 7);
    series.samples = {7, bad};
    EXPECT_EQ(compared(exact("a", 7), series).status, ExitStatus::invalid_data) << bad;
    EXPECT_EQ(compared(series, exact("a", 7)).status, ExitStatus::invalid_data) << bad;
  }
  Series none = exact("a", 7);
  none.samples.clear();
  EXPECT_EQ(compared(exact("a", 7), none).status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, UnlikeFingerprintsUnlessAskedAndThenSaysSo) {
  Measurements base = side({exact("a", 1)}), fresh = base;
  fresh.fingerprint = {{"clock", "host"}};
  Rules rules;
  Comparison result = compare(base, fresh, rules);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_NE(result.faults.at(0).find("clock: counted and host"), std::string::npos);
  rules.ignore_fingerprint = true;
  result = compare(base, fresh, rules);
  EXPECT_EQ(result.status, ExitStatus::pass);
  EXPECT_NE(comparison_markdown({result}).find("clock: counted and host"), std::string::npos);
}

TEST(CompareRefuses, AFieldThatOnlyOneFingerprintHas) {
  Measurements base = side({exact("a", 1)}), fresh = base;
  fresh.fingerprint.emplace_back("kernel", "6.1");
  EXPECT_EQ(compare(base, fresh, {}).status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(fresh, base, {}).status, ExitStatus::invalid_data);
}

// ---- noisy numbers ----------------------------------------------------------------------------

TEST(CompareNoisy, MeanOverTooFewSamplesIsNeverAPassOrAFail) {
  for (const double value : {100.0, 10000.0}) {
    const Comparison result =
        compared(noisy("a", {100, 100, 100, 100}), noisy("a", {value, value, value, value}));
    EXPECT_EQ(change_of(result), Change::inconclusive);
    EXPECT_EQ(result.status, ExitStatus::inconclusive);
    EXPECT_NE(result.rows[0].detail.find("too few samples"), std::string::npos);
  }
}

TEST(CompareNoisy, EnoughSamplesTellASlowdown) {
  EXPECT_EQ(change_of(compared(noisy("a", around(100)), noisy("a", around(150)))),
            Change::regression);
  EXPECT_EQ(change_of(compared(noisy("a", around(150)), noisy("a", around(100)))),
            Change::improvement);
  EXPECT_EQ(change_of(compared(noisy("a", around(100)), noisy("a", around(100)))),
            Change::unchanged);
}

TEST(CompareNoisy, EverythingMovedByOneFactorIsSaid) {
  const auto all = [](double factor) {
    return side({exact("a", 1000 * factor), exact("b", 2000 * factor), exact("c", 3000 * factor)});
  };
  EXPECT_EQ(compare(all(1), all(1), {}).notes.size(), 0u);
  const Comparison moved = compare(all(1), all(1.5), {});
  ASSERT_EQ(moved.notes.size(), 1u);
  EXPECT_NE(moved.notes[0].find("one factor (1.50)"), std::string::npos);
  EXPECT_EQ(compare(all(1), side({exact("a", 1500), exact("b", 2000), exact("c", 3000)}), {})
                .notes.size(),
            0u);
}

// ---- many -------------------------------------------------------------------------------------

TEST(CompareAll, WorstDecidesAndLonelyScenariosFail) {
  Measurements one = side({exact("a", 1)}), two = one, worse = side({exact("a", 2)});
  two.scenario = worse.scenario = "t";
  EXPECT_EQ(status_of(compare_all({one, two}, {one, two}, {})), ExitStatus::pass);
  EXPECT_EQ(status_of(compare_all({one, two}, {one, worse}, {})), ExitStatus::regression);
  EXPECT_EQ(status_of(compare_all({one, two}, {one}, {})), ExitStatus::invalid_data);
  EXPECT_EQ(status_of({}), ExitStatus::invalid_data);
}

TEST(CompareAll, JsonHoldsVerdictAndRows) {
  const std::string json = comparison_json({compared(exact("a", 1), exact("a", 2))});
  EXPECT_NE(json.find("\"verdict\": \"regression\""), std::string::npos);
  EXPECT_NE(json.find("\"exit_status\": 4"), std::string::npos);
}

// ---- tolerances -------------------------------------------------------------------------------

TEST(ToleranceText, IsReadAndWritten) {
  EXPECT_EQ(parse_tolerance("+0")->amount, 0);
  EXPECT_TRUE(parse_tolerance("2%")->percent);
  EXPECT_EQ(parse_tolerance("+1.5 %")->amount, 1.5);
  EXPECT_EQ(parse_tolerance("200 instructions")->unit, "instructions");
  for (const char* text : {"+0", "2%", "200 instructions"}) {
    EXPECT_EQ(parse_tolerance(text)->text(), text);
  }
  for (const char* bad : {"", "-1", "x", "2%%", "200x", "1e3", "nan", "inf", "2 % of it", "++1"}) {
    EXPECT_FALSE(parse_tolerance(bad)) << bad;
  }
}

// ---- records ----------------------------------------------------------------------------------

RunRecord record_of(const Profile& profile) {
  RunRecord record;
  record.scenario = "s";
  for (std::uint64_t boot = 1; boot <= 2; ++boot) {
    BootRecord one;
    one.index = boot;
    one.events.profiles = {profile};
    one.events.timings = {{"fib", 100}};
    one.events.metrics = {{"fib", 3, "cycles"}};
    record.boots.push_back(one);
  }
  return record;
}

const Series& named(const Measurements& all, const std::string& name) {
  for (const Series& series : all.series) {
    if (series.name == name) return series;
  }
  throw std::runtime_error("no series " + name);
}

TEST(RecordNumbers, HaveASampleForEachBootAndTheirOwnNames) {
  const Measurements all = measurements_of(
      record_of(
          {.name = "fib", .calls = 2, .total = 20, .min = 9, .avg = 10, .max = 11, .self = {}}),
      "x");
  EXPECT_EQ(named(all, "fib avg").samples, (std::vector<double>{10, 10}));
  EXPECT_EQ(named(all, "fib").samples, (std::vector<double>{100, 100}));
  EXPECT_EQ(named(all, "fib [METRIC]").unit, "instructions");
  EXPECT_EQ(all.fault, "");
}

TEST(RecordNumbers, MinOverAvgAndAWrongTotalAreNotCompared) {
  const Profile good{
      .name = "fib", .calls = 2, .total = 20, .min = 9, .avg = 10, .max = 11, .self = {}};
  Profile min_over_avg = good, wrong_total = good;
  min_over_avg.min = 12;
  wrong_total.total = 500;
  for (const Profile& bad : {min_over_avg, wrong_total}) {
    const Comparison result =
        compare(measurements_of(record_of(good), "x"), measurements_of(record_of(bad), "y"), {});
    EXPECT_EQ(result.status, ExitStatus::invalid_data);
    EXPECT_EQ(change_of(result, 1), Change::not_comparable) << result.rows[1].name;
  }
}

TEST(RecordNumbers, TwiceInOneBootOrAbsentFromOneIsAFault) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  record.boots[1].events.metrics.push_back({"fib", 4, "cycles"});
  record.boots[1].events.timings.clear();
  const Measurements all = measurements_of(record, "x");
  EXPECT_EQ(named(all, "fib [METRIC]").fault, "arrived twice in boot 2");
  EXPECT_EQ(named(all, "fib").fault, "arrived in 1 of 2 boots");
}

RunRecord record_with_phases(wire::BootPath path) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  for (BootRecord& boot : record.boots) {
    boot.events.begin = Begin{.protocol = 1, .image = "x", .boot = path, .tests = 0, .metrics = 0};
    boot.events.phases = {{"firmware", 1000 + boot.index, true}, {"init", 50, false}};
  }
  return record;
}

TEST(RecordNumbers, PhasesThatWaitForADiskAreNotCompared) {
  RunRecord record = record_with_phases(wire::BootPath::disk);
  const Measurements all = measurements_of(record, "x");
  EXPECT_EQ(named(all, "phase init").samples, (std::vector<double>{50, 50}));
  EXPECT_THROW(named(all, "phase firmware"), std::runtime_error);
  EXPECT_THROW(named(all, "phases, total"), std::runtime_error);
  EXPECT_EQ(compare(all, all, {}).status, ExitStatus::pass);

  // Started directly, firmware is as exact as the rest, and one that differs is found.
  record = record_with_phases(wire::BootPath::multiboot);
  const Measurements direct = measurements_of(record, "x");
  EXPECT_EQ(named(direct, "phase firmware").samples, (std::vector<double>{1001, 1002}));
  EXPECT_EQ(compare(direct, direct, {}).status, ExitStatus::invalid_data);
  record = record_with_phases(wire::BootPath::disk);
  record.fingerprint.clock = ClockKind::host;
  EXPECT_NO_THROW(named(measurements_of(record, "x"), "phase firmware"));
}

TEST(RecordNumbers, OfARunThatDidNotPassAreNotCompared) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  const Measurements good = measurements_of(record, "x");
  record.verdict = {VerdictKind::fail, "a check failed"};
  EXPECT_EQ(compare(good, measurements_of(record, "y"), {}).status, ExitStatus::invalid_data);
}

// ---- Google Benchmark -------------------------------------------------------------------------

constexpr const char* kBenchmarkFile = R"({
  "context": {"executable": "./bench", "host_name": "h", "num_cpus": 2,
              "library_build_type": "release"},
  "benchmarks": [
    {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "iterations": 10,
     "real_time": 12.5, "cpu_time": 12.4, "time_unit": "us"},
    {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "iterations": 10,
     "real_time": 13.5, "cpu_time": 13.4, "time_unit": "us"},
    {"name": "BM_a/8_mean", "run_name": "BM_a/8", "run_type": "aggregate", "iterations": 2,
     "real_time": 13, "cpu_time": 13, "time_unit": "us"},
    {"name": "BM_b", "run_type": "iteration", "error_occurred": true, "error_message": "oh"}
  ]})";

TEST(GoogleBenchmark, RepetitionsAreSamplesAndErrorsAreFaults) {
  ASSERT_TRUE(is_google_benchmark(kBenchmarkFile));
  const Measurements all = measurements_of_google_benchmark(kBenchmarkFile, "f.json");
  ASSERT_EQ(all.series.size(), 2u);
  EXPECT_EQ(all.series[0].samples, (std::vector<double>{12.5, 13.5}));
  EXPECT_EQ(all.series[0].unit, "us");
  EXPECT_TRUE(all.series[0].noisy);
  EXPECT_NE(all.series[1].fault.find("oh"), std::string::npos);
  EXPECT_EQ(all.fingerprint.at(0).second, "h");
}

TEST(GoogleBenchmark, OtherFilesAreRefused) {
  for (const char* bad : {"", "[]", "{}", R"({"context": {}, "benchmarks": 3})"}) {
    EXPECT_FALSE(is_google_benchmark(bad)) << bad;
    EXPECT_THROW(measurements_of_google_benchmark(bad, "f"), Error) << bad;
  }
  EXPECT_THROW(measurements_of_google_benchmark(R"({"context": {}, "benchmarks": [3]})", "f"),
               Error);
}

TEST(GoogleBenchmark, AggregatesAloneAreNoSamplesAndSaidToBeSo) {
  const Measurements all = measurements_of_google_benchmark(
      R"({"context": {}, "benchmarks": [{"name": "a_mean", "run_name": "a", "run_type": "aggregate",
          "real_time": 1, "time_unit": "ns"}]})",
      "x.json");
  EXPECT_TRUE(all.series.empty());
  EXPECT_TRUE(all.fault.starts_with("it has aggregates only")) << all.fault;
}

TEST(GoogleBenchmark, CountersThatAreNoNumbersDoNotSpoilTheFile) {
  constexpr const char* kFile = R"({"context": {}, "benchmarks": [
    {"name": "NaN \" Infinity", "iterations": 1, "real_time": 2, "time_unit": "ns", "a": NaN,
     "b": -Infinity, "c": Infinity}]})";
  const Measurements all = measurements_of_google_benchmark(kFile, "f.json");
  EXPECT_EQ(all.series.at(0).name, "NaN \" Infinity");
  EXPECT_EQ(all.series.at(0).samples, std::vector<double>{2});
}

TEST(GoogleBenchmark, WhatWeWroteComesBackExactAndInItsUnit) {
  const RunRecord record = record_of(
      {.name = "fib", .calls = 2, .total = 20, .min = 9, .avg = 10, .max = 11, .self = {}});
  const Measurements back =
      measurements_of_google_benchmark(render_benchmark_json(record), "benchmark.json");
  EXPECT_EQ(back.scenario, "s");
  EXPECT_EQ(named(back, "fib avg").samples, (std::vector<double>{10, 10}));
  EXPECT_EQ(named(back, "fib avg").unit, "instructions");
  EXPECT_FALSE(named(back, "fib avg").noisy);
}

TEST(FoundMetrics, SayTheirDirectionAndAreNoisyUnderTheHostClock) {
  RunRecord record;
  record.fingerprint.clock = ClockKind::host;
  record.boots.resize(1);
  record.boots[0].events.found = {{"a", 5, "points", "higher", {5}, 0},
                                  {"b", 5, "calls/s", "lower", {5}, 0},
                                  {"c", 5, "ns", "", {5}, 0}};
  const Measurements host = measurements_of(record, "r");
  EXPECT_EQ(named(host, "a").better, Direction::higher);
  EXPECT_EQ(named(host, "b").better, Direction::lower);
  EXPECT_EQ(named(host, "c").better, Direction::lower);
  EXPECT_TRUE(named(host, "a").noisy);
  record.fingerprint.clock = ClockKind::counted;
  EXPECT_FALSE(named(measurements_of(record, "r"), "a").noisy);
}

}  // namespace
}  // namespace harness
