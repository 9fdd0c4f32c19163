#include "record/summary.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

RunRecord of_boots(std::vector<Events> boots) {
  RunRecord record;
  for (Events& events : boots) record.boots.emplace_back().events = std::move(events);
  return record;
}
RunRecord of_timings(const std::vector<std::uint64_t>& cycles) {
  std::vector<Events> boots;
  for (const std::uint64_t x : cycles) boots.emplace_back().timings = {{"Init", x}};
  return of_boots(std::move(boots));
}

TEST(Summary, MinMedianMaxAndSpreadAreThoseOfTheBoots) {
  const auto all = summarize(of_timings({50, 10, 30, 20, 1000}));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "Init");
  EXPECT_EQ(all[0].unit, "instructions");
  EXPECT_EQ(all[0].samples, 5u);
  EXPECT_EQ(all[0].min, 10u);
  EXPECT_EQ(all[0].max, 1000u);
  EXPECT_EQ(all[0].median, 30);
  EXPECT_EQ(all[0].mad, 20);  // of 20, 20, 0, 10, 970
}

RunRecord of_halts(std::vector<std::uint64_t> executed, std::uint64_t halted) {
  RunRecord record = of_timings(std::vector<std::uint64_t>(executed.size(), 900));
  for (std::size_t i = 0; i < executed.size(); ++i) {
    record.boots[i].trace.executed = executed[i];
    record.boots[i].trace.halted = halted;
    record.boots[i].trace.command = {"qemu-system-i386", "-kernel", "a.elf"};
  }
  return record;
}

/// While it is halted its clock goes on: a difference of two readings is no count.
TEST(Summary, AGuestThatWasHaltedMeasuresTicksAndWhatItExecutedIsANumberOfItsOwn) {
  const RunRecord record = of_halts({5000, 5000}, 300);
  const auto all = collect_samples(record);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].unit, "ticks");
  EXPECT_EQ(all[1].name, kWholeBoot);
  EXPECT_EQ(all[1].unit, "instructions");
  EXPECT_EQ(all[1].samples, (std::vector<std::uint64_t>{5000, 5000}));
  EXPECT_FALSE(is_in_no_gate(all[1], record));
  EXPECT_EQ(collect_samples(of_halts({5000, 5000}, 0)).size(), 1u) << "never halted";
}

TEST(Summary, WhatABootExecutesIsInNoGateWhereItIsNotTheSameTwice) {
  const RunRecord differs = of_halts({5000, 5001}, 300);
  EXPECT_TRUE(is_in_no_gate(collect_samples(differs)[1], differs));
  RunRecord disk = of_halts({5000, 5000}, 300);
  disk.boots.front().trace.command = {"qemu-system-i386", "-drive", "a.img"};
  EXPECT_TRUE(is_in_no_gate(collect_samples(disk)[1], disk));
}

TEST(Summary, FirmwareIsInNoGateHoweverTheKernelIsStarted) {
  Events events;
  events.phases = {{"firmware", 5'000'000, true}, {"init", 300, false}};
  RunRecord record = of_boots({events, events});
  for (const MetricSamples& one : collect_samples(record)) {
    EXPECT_EQ(is_in_no_gate(one, record), one.name != "phase init") << one.name;
  }
}

TEST(Summary, EvenCountTakesTheMiddleOfTwo) {
  const auto all = summarize(of_timings({1, 4, 2, 100}));
  EXPECT_EQ(all[0].median, 3);
  EXPECT_EQ(all[0].mad, 1.5);  // of 2, 1, 1, 97
}

TEST(Summary, TheFirstOfThreeBootsByHostTimeIsWarmUp) {
  RunRecord record = of_timings({5000, 20, 30});
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(collect_samples(record)[0].samples, (std::vector<std::uint64_t>{20, 30}));
  EXPECT_EQ(warm_up_samples(record)[0].samples, std::vector<std::uint64_t>{5000});
  record.boots.pop_back();
  EXPECT_EQ(collect_samples(record)[0].samples.size(), 2u) << "of two none can be spared";
  EXPECT_TRUE(warm_up_samples(record).empty());
}

TEST(Summary, OneBootHasNoSpread) {
  const auto all = summarize(of_timings({7}));
  EXPECT_EQ(all[0].median, 7);
  EXPECT_EQ(all[0].mad, 0);
}

TEST(Summary, EveryNumberIsListedInOrderOfAppearance) {
  Events events;
  events.timings = {{"Init", 1}};
  events.benches = {{10, 85, 8}};
  events.profiles = {{"f", 2, 20, 9, 10, 11, {}, {}}};
  events.metrics = {{"overhead", 24, "cycles"}, {"free", 7, "bytes"}};
  RunRecord record = of_boots({events});
  record.fingerprint.clock = ClockKind::host;
  std::string text;
  for (const MetricSummary& one : summarize(record)) {
    text += one.name + "=" + std::to_string(one.min) + " " + one.unit + "\n";
  }
  EXPECT_EQ(text,
            "Init=1 cycles\n10 calls=85 cycles\n10 calls per call=8 cycles\nf avg=10 cycles\n"
            "f total=20 cycles\noverhead=24 cycles\nfree=7 bytes\n");
}

TEST(Summary, TheFirstCallStandsApartByHostTimeAndNotInACount) {
  const auto names = [](const Profile& profile, ClockKind clock) {
    std::string text;
    for (const auto& [name, value] : numbers_of(profile, clock)) {
      text += name + "=" + std::to_string(value) + " ";
    }
    return text;
  };
  Profile profile{.name = "f",
                  .calls = 3,
                  .total = 1021,
                  .min = 10,
                  .avg = 340,
                  .max = 1000,
                  .self = {},
                  .first = 1000};
  EXPECT_EQ(names(profile, ClockKind::host), "f first=1000 f avg after first=10 ");
  EXPECT_EQ(names(profile, ClockKind::counted), "f avg=340 f total=1021 ");
  profile.first = 1022;  // more than all calls: it cannot be, and is told elsewhere
  EXPECT_EQ(names(profile, ClockKind::host), "f avg=340 f total=1021 ");
  profile.first.reset();
  EXPECT_EQ(names(profile, ClockKind::host), "f avg=340 f total=1021 ") << "it was not said";
  profile = {
      .name = "f", .calls = 1, .total = 9, .min = 9, .avg = 9, .max = 9, .self = {}, .first = 9};
  EXPECT_EQ(names(profile, ClockKind::host), "f avg=9 f total=9 ") << "there is no call after it";
}

TEST(Summary, BootsThatLackANumberHaveFewerSamplesOfIt) {
  Events with, without;
  with.timings = {{"Init", 1}, {"Total", 9}};
  without.timings = {{"Init", 3}};
  const auto all = summarize(of_boots({without, with}));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].samples, 2u);
  EXPECT_EQ(all[1].name, "Total");
  EXPECT_EQ(all[1].samples, 1u);
}

TEST(Summary, NameThatCameTwiceInABootCountsOnce) {
  Events twice;
  twice.timings = {{"Init", 1}, {"Init", 100}};
  const auto all = summarize(of_boots({twice, twice}));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].samples, 2u);
  EXPECT_EQ(all[0].max, 1u);
}

TEST(Summary, TimingAndMetricOfOneNameAreTwoNumbers) {
  Events events;
  events.timings = {{"Init", 1}};
  events.metrics = {{"Init", 2, "cycles"}};
  EXPECT_EQ(summarize(of_boots({events})).size(), 2u);
}

TEST(Summary, NoNumbersNoSummaries) { EXPECT_TRUE(summarize(of_boots({{}, {}})).empty()); }

TEST(Summary, FoundMetricsAreNumbersOfTheirOwnSource) {
  RunRecord record;
  record.boots.resize(2);
  record.boots[0].events.found = {{"rate", 5, "points", BetterWhen::higher, {5}, 0}};
  record.boots[1].events.found = {{"rate", 7, "points", BetterWhen::higher, {6, 7}, 0}};
  const auto samples = collect_samples(record);
  ASSERT_EQ(samples.size(), 1u);
  EXPECT_EQ(samples[0].source, NumberSource::found_higher);
  EXPECT_EQ(samples[0].samples, (std::vector<std::uint64_t>{5, 7}));
}

}  // namespace
}  // namespace harness
