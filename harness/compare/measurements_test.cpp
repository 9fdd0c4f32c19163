// What is taken out of a record, and out of a file of Google Benchmark, to be compared.
#include "compare/measurements.h"

#include <gtest/gtest.h>

#include "compare/compare.h"

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

TEST(RecordNumbers, WhereTheDiskPersistsTheNumbersOfEachBootAreItsOwn) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  record.disk_persists = true;
  record.fingerprint.clock = ClockKind::counted;
  record.sizes.loaded = 4096;
  record.boots[0].events.metrics = {{"cold", 5, "cycles"}};
  record.boots[1].events.metrics = {{"warm", 2, "cycles"}, {"size loaded", 7, "bytes"}};
  const Measurements all = measurements_of(record, "x");
  EXPECT_EQ(named(all, "cold (boot 1)").samples, (std::vector<double>{5}));
  EXPECT_EQ(named(all, "warm (boot 2)").samples, (std::vector<double>{2}));
  EXPECT_EQ(named(all, "fib (boot 2)").samples, (std::vector<double>{100}));
  EXPECT_EQ(named(all, "size loaded").samples, (std::vector<double>{4096}));
  EXPECT_EQ(named(all, "size loaded (boot 2)").samples, (std::vector<double>{7}));
  for (const Series& series : all.series) EXPECT_EQ(series.fault, "") << series.name;

  // What only the second boot counts moves.
  RunRecord slower = record;
  slower.boots[1].events.metrics[0].value = 3;
  const Comparison result = compare(all, measurements_of(slower, "y"), {});
  EXPECT_EQ(result.status, ExitStatus::regression);
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

TEST(RecordNumbers, PhasesThatWaitForADiskOrAreTheFirmwaresAreNotCompared) {
  RunRecord record = record_with_phases(wire::BootPath::disk);
  const Measurements all = measurements_of(record, "x");
  EXPECT_EQ(named(all, "phase init").samples, (std::vector<double>{50, 50}));
  EXPECT_THROW(named(all, "phase firmware"), std::runtime_error);
  EXPECT_THROW(named(all, "phases, total"), std::runtime_error);
  EXPECT_EQ(compare(all, all, {}).status, ExitStatus::pass);

  // Started directly, firmware is as exact as the rest, and changes with its version.
  record = record_with_phases(wire::BootPath::multiboot);
  const Measurements direct = measurements_of(record, "x");
  EXPECT_THROW(named(direct, "phase firmware"), std::runtime_error);
  // A baseline of before that has them: they are not missed.
  Measurements older = direct;
  Series firmware;
  firmware.name = "phase firmware";
  firmware.unit = "instructions";
  firmware.samples = {1001, 1001};
  older.series.push_back(firmware);
  EXPECT_EQ(compare(older, direct, {}).status, ExitStatus::pass);
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

TEST(FoundMetrics, SayTheirDirectionAndAreNoisyUnderTheHostClock) {
  RunRecord record;
  record.fingerprint.clock = ClockKind::host;
  record.boots.resize(1);
  record.boots[0].events.found = {{"a", 5, "points", BetterWhen::higher, {5}, 0},
                                  {"b", 5, "calls/s", BetterWhen::lower, {5}, 0},
                                  {"c", 5, "ns", BetterWhen::by_unit, {5}, 0}};
  const Measurements host = measurements_of(record, "r");
  EXPECT_EQ(named(host, "a").better, Direction::higher);
  EXPECT_EQ(named(host, "b").better, Direction::lower);
  EXPECT_EQ(named(host, "c").better, Direction::lower);
  EXPECT_TRUE(named(host, "a").noisy);
  record.fingerprint.clock = ClockKind::counted;
  EXPECT_FALSE(named(measurements_of(record, "r"), "a").noisy);
}

TEST(FoundMetrics, InCyclesAreExactUnderTheCountedClockAndNoisyByTheHosts) {
  RunRecord record;
  record.boots.resize(2);
  for (BootRecord& boot : record.boots) {
    boot.events.found = {{"switch", 4012, "cycles", BetterWhen::by_unit, {4012}, 0}};
  }
  record.fingerprint.clock = ClockKind::counted;
  RunRecord slower = record;
  for (BootRecord& boot : slower.boots) boot.events.found[0].value = 4013;
  EXPECT_EQ(compare(measurements_of(record, "x"), measurements_of(slower, "y"), {}).status,
            ExitStatus::regression);
  record.fingerprint.clock = ClockKind::host;
  EXPECT_TRUE(named(measurements_of(record, "x"), "switch").noisy);
}

TEST(RecordNumbers, ByHostTimeOfUnlikeHostsAreNotComparable) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  record.fingerprint.clock = ClockKind::host;
  const Measurements before = measurements_of(record, "of an older version");
  record.fingerprint.host = "AMD EPYC, 2 processors";
  const Measurements two = measurements_of(record, "x");
  record.fingerprint.host = "AMD EPYC, 2 processors, quota 0.2";
  const Measurements tenth = measurements_of(record, "y");
  const Comparison unlike = compare(two, tenth, {});
  EXPECT_EQ(unlike.status, ExitStatus::invalid_data);
  EXPECT_TRUE(unlike.rows.empty());
  ASSERT_EQ(unlike.faults.size(), 1u);
  EXPECT_EQ(unlike.faults[0],
            "measured under other conditions: host: AMD EPYC, 2 processors and AMD EPYC, 2 "
            "processors, quota 0.2");
  EXPECT_NE(compare(two, two, {}).status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(before, two, {}).status, ExitStatus::invalid_data) << "not known to be alike";
  Rules rules;
  rules.ignore = {"host"};
  EXPECT_NE(compare(two, tenth, rules).status, ExitStatus::invalid_data);
}

TEST(RecordNumbers, CountedOnesCompareAcrossHosts) {
  RunRecord record =
      record_of({.name = "fib", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}});
  record.host = {.name = "a", .cpu = "AMD EPYC", .processors = 2};
  const Measurements here = measurements_of(record, "x");
  record.host = {.name = "b", .cpu = "another", .processors = 64};
  EXPECT_EQ(compare(here, measurements_of(record, "y"), {}).status, ExitStatus::pass);
}

}  // namespace
}  // namespace harness
