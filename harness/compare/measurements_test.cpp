// What is taken out of a record, and out of a file of Google Benchmark, to be compared.
#include "compare/measurements.h"

#include <gtest/gtest.h>

#include "compare/compare.h"
#include "compare/google_benchmark.h"
#include "report/report.h"

namespace harness {
namespace {

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
    EXPECT_EQ(result.rows.at(1).change, Change::not_comparable) << result.rows[1].name;
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

TEST(RecordNumbers, OfOneCountedBootAreComparedWithANote) {
  RunRecord record = record_of(
      {.name = "fib", .calls = 2, .total = 20, .min = 9, .avg = 10, .max = 11, .self = {}});
  const Measurements two = measurements_of(record, "r");
  EXPECT_TRUE(compare(two, two, {}).notes.empty());
  record.boots.pop_back();
  const Comparison result = compare(two, measurements_of(record, "r"), {});
  EXPECT_EQ(result.status, ExitStatus::pass);
  ASSERT_EQ(result.notes.size(), 1u);
  EXPECT_TRUE(result.notes[0].starts_with("NEW: one boot: no second one")) << result.notes[0];
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
