#include "history/measured.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "compare/compare.h"
#include "history/entry_testing.h"
#include "record/record_testing.h"

namespace harness::history {
namespace {

/// Two boots that passed, with numbers of every source.
RunRecord passed(ClockKind clock, wire::BootPath path) {
  RunRecord record = sample_record();
  record.fingerprint.clock = clock;
  record.boots[1] = record.boots[0];
  for (BootRecord& boot : record.boots) {
    Events& events = boot.events;
    events.begin->boot = path;
    events.memory = Memory{.heap_peak = 4096, .stack_used = 512};
    events.phases = {{"firmware", 900, true}, {"boot sector", 50, true}, {"init", 7, false}};
    events.found = {{"rate", 5, "points", BetterWhen::higher, {5}, 0}};
  }
  record.sizes.app = 100;
  record.sizes.library = 200;
  record.sizes.bss = 300;
  record.verdict = {VerdictKind::pass, ""};
  return record;
}

TEST(HistoryMeasured, RunOfTheHistoryHasTheNumbersOfItsReport) {
  for (const ClockKind clock : {ClockKind::counted, ClockKind::host}) {
    for (const auto& [path, persists] : {std::pair{wire::BootPath::disk, false},
                                         {wire::BootPath::multiboot, false},
                                         {wire::BootPath::disk, true}}) {
      RunRecord record = passed(clock, path);
      record.disk_persists = persists;
      record.boots[1].index = 2;
      const Measurements report = harness::measurements_of(record, "report"),
                         kept = measurements_of(entry_of(record, {}), "history");
      const Comparison comparison = compare(kept, report, {});
      EXPECT_TRUE(comparison.faults.empty());
      EXPECT_EQ(comparison.rows.size(), report.series.size());
      std::size_t in_both = 0;
      for (const Series& series : kept.series) {
        // The history keeps phases that are in no gate: of firmware, and of waiting for a disk.
        const auto same = std::ranges::find(report.series, series.name, &Series::name);
        if (same == report.series.end()) {
          EXPECT_TRUE(series.name.starts_with("phase")) << series.name;
          continue;
        }
        ++in_both;
        EXPECT_EQ(series.unit, same->unit);
        EXPECT_EQ(series.better, same->better);
        EXPECT_EQ(series.noisy, same->noisy);
        EXPECT_EQ(series.samples, same->samples);
      }
      EXPECT_EQ(in_both, report.series.size());
      if (clock == ClockKind::counted) EXPECT_EQ(comparison.status, ExitStatus::pass);
    }
  }
}

TEST(HistoryMeasured, BootsBehindAWarmUpAreAllThereAre) {
  RunRecord record = passed(ClockKind::host, wire::BootPath::disk);
  record.boots.push_back(record.boots.back());
  const Measurements kept = measurements_of(entry_of(record, {}), "history"),
                     report = harness::measurements_of(record, "report");
  ASSERT_EQ(kept.series.size(), report.series.size());
  for (std::size_t i = 0; i < kept.series.size(); ++i) {
    EXPECT_EQ(kept.series[i].fault, "") << kept.series[i].name;
    EXPECT_EQ(kept.series[i].samples, report.series[i].samples) << kept.series[i].name;
  }
  // One that a measured boot lacks is still found.
  record.boots[1].events.memory.reset();
  for (const harness::Series& series : measurements_of(entry_of(record, {}), "").series) {
    EXPECT_EQ(series.fault.empty(), series.name != "heap_peak" && series.name != "stack_used");
  }
}

TEST(HistoryMeasured, NameThatTheGuestHasTakenGetsTheSameTag) {
  RunRecord record = passed(ClockKind::counted, wire::BootPath::disk);
  for (BootRecord& boot : record.boots) {
    boot.events.metrics = {{"heap_peak", 1, "bytes"}, {"size app", 2, "bytes"}};
  }
  EXPECT_EQ(compare(measurements_of(entry_of(record, {}), "history"),
                    harness::measurements_of(record, "report"), {})
                .status,
            ExitStatus::pass);
}

TEST(HistoryMeasured, MemoryThatABootLacksHasAFault) {
  RunRecord record = passed(ClockKind::counted, wire::BootPath::disk);
  record.boots[1].events.memory.reset();
  for (const harness::Series& series : measurements_of(entry_of(record, {}), "").series) {
    EXPECT_EQ(series.fault.empty(), series.name != "heap_peak" && series.name != "stack_used");
  }
}

TEST(HistoryMeasured, OldEntryMayHaveWaitedForADisk) {
  Entry entry = sample_entry(0, {1});
  entry.metrics.push_back({Source::phase, "phases, total", "instructions", {{1, 9}}});
  EXPECT_EQ(measurements_of(entry, "").series.size(), 1u);
  entry.waits_for_disk = true;
  EXPECT_EQ(measurements_of(entry, "").series.size(), 1u);
  entry.waits_for_disk = false;
  EXPECT_EQ(measurements_of(entry, "").series.size(), 2u);
}

TEST(HistoryMeasured, RunThatDidNotPassHasAFault) {
  Entry entry = sample_entry(0, {1});
  EXPECT_EQ(measurements_of(entry, "").fault, "");
  entry.verdict = VerdictKind::fail;
  EXPECT_EQ(measurements_of(entry, "").fault, "its run did not pass: fail");
}

}  // namespace
}  // namespace harness::history
