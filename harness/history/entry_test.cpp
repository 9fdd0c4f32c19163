#include "history/entry.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "record/codec.h"
#include "record/record_testing.h"

namespace harness::history {
namespace {

const EntryMetric* find(const Entry& entry, const std::string& name) {
  for (const EntryMetric& metric : entry.metrics) {
    if (metric.name == name) return &metric;
  }
  return nullptr;
}

TEST(HistoryEntry, KeepsEverySampleWithItsBoot) {
  RunRecord record = sample_record();
  record.boots[0].events.timings = {{"Init", 10}};
  record.boots[1].events.timings = {{"Init", 12}, {"Late", 7}};
  const Entry entry = entry_of(record, {"", false});
  ASSERT_NE(find(entry, "Init"), nullptr);
  EXPECT_EQ(find(entry, "Init")->samples, (std::vector<Sample>{{1, 10}, {2, 12}}));
  EXPECT_EQ(find(entry, "Init")->unit, "instructions");
  ASSERT_NE(find(entry, "Late"), nullptr);
  EXPECT_EQ(find(entry, "Late")->samples, (std::vector<Sample>{{2, 7}}));
}

TEST(HistoryEntry, WhereTheDiskPersistsTheNumbersOfEachBootAreItsOwn) {
  RunRecord record = sample_record();
  record.disk_persists = true;
  record.sizes.loaded = 4096;
  record.boots[0].events.timings = {{"first text", 30}};
  record.boots[1].events.timings = {{"first text", 15}};
  const Entry entry = entry_of(record, {});
  EXPECT_EQ(find(entry, "first text"), nullptr);
  ASSERT_NE(find(entry, "first text (boot 2)"), nullptr);
  EXPECT_EQ(find(entry, "first text (boot 1)")->samples, (std::vector<Sample>{{1, 30}}));
  EXPECT_EQ(find(entry, "first text (boot 2)")->samples, (std::vector<Sample>{{1, 15}}));
  ASSERT_NE(find(entry, "size loaded"), nullptr);
  EXPECT_EQ(find(entry, "size loaded")->samples, (std::vector<Sample>{{1, 4096}}));
}

TEST(HistoryEntry, TakesTheWarmUpAwayOnce) {
  RunRecord record = sample_record();
  record.fingerprint.clock = ClockKind::host;
  record.boots.resize(1);
  record.boots[0].events.timings = {{"Init", 10}};
  record.boots.resize(3, record.boots[0]);
  EXPECT_EQ(find(entry_of(record, {}), "Init")->samples, (std::vector<Sample>{{2, 10}, {3, 10}}));
  EXPECT_EQ(find(entry_of(record, {}, 0), "Init")->samples,
            (std::vector<Sample>{{1, 10}, {2, 10}, {3, 10}}));
}

TEST(HistoryEntry, NamesAreThoseOfTheSummary) {
  const RunRecord record = sample_record();
  const Entry entry = entry_of(record, {});
  for (const MetricSummary& summary : summarize(record)) {
    ASSERT_NE(find(entry, summary.name), nullptr) << summary.name;
    EXPECT_EQ(find(entry, summary.name)->samples.size(), summary.samples);
  }
  const auto more = std::ranges::count_if(entry.metrics, [](const EntryMetric& metric) {
    return metric.source == Source::memory || metric.source == Source::size;
  });
  EXPECT_EQ(entry.metrics.size(), summarize(record).size() + static_cast<std::size_t>(more));
}

TEST(HistoryEntry, MemoryAndSizesAreKept) {
  RunRecord record = sample_record();
  record.boots[0].events.memory = Memory{.heap_peak = 4096, .stack_used = 512};
  record.boots[1].events.memory.reset();
  const Entry entry = entry_of(record, {});
  ASSERT_NE(find(entry, "heap_peak"), nullptr);
  EXPECT_EQ(find(entry, "heap_peak")->source, Source::memory);
  EXPECT_EQ(find(entry, "heap_peak")->samples, (std::vector<Sample>{{1, 4096}}));
  ASSERT_NE(find(entry, "stack_used"), nullptr);
  ASSERT_NE(find(entry, "size loaded"), nullptr);
  EXPECT_EQ(find(entry, "size loaded")->source, Source::size);
  EXPECT_EQ(find(entry, "size loaded")->unit, "bytes");
  EXPECT_EQ(find(entry, "size loaded")->samples, (std::vector<Sample>{{1, 13'304}, {2, 13'304}}));
  EXPECT_EQ(find(entry, "size app"), nullptr);
}

TEST(HistoryEntry, TimingAndMetricOfOneNameAreTwoNumbers) {
  RunRecord record = sample_record();
  record.sizes = {};
  record.boots.resize(1);
  record.boots[0].events = {};
  record.boots[0].events.timings = {{"Init", 1}};
  record.boots[0].events.metrics = {{"Init", 2, "cycles"}};
  const Entry entry = entry_of(record, {});
  ASSERT_EQ(entry.metrics.size(), 2u);
  EXPECT_NE(entry.metrics[0].source, entry.metrics[1].source);
}

TEST(HistoryEntry, IdentityIsOfTheRunNotOfItsVerdict) {
  const RunRecord record = sample_record();
  RunRecord judged = record;
  judged.verdict = {VerdictKind::pass, ""};
  judged.findings.clear();
  EXPECT_EQ(entry_of(record, {}).identity, entry_of(judged, {"abc", true}).identity);

  RunRecord slower = record, later = record, other = record;
  slower.boots[0].trace.wall += std::chrono::nanoseconds(1);
  later.started_at = "2026-01-02T03:04:06Z";
  other.boots[1].trace.serial += '\n';
  for (const RunRecord* changed : {&slower, &later, &other}) {
    EXPECT_NE(entry_of(*changed, {}).identity, entry_of(record, {}).identity);
  }
}

TEST(HistoryEntry, RecordWithoutTimeOrScenarioIsRefused) {
  for (const char* time : {"", "yesterday", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z"}) {
    RunRecord record = sample_record();
    record.started_at = time;
    EXPECT_THROW(entry_of(record, {}), Error) << time;
  }
  RunRecord record = sample_record();
  record.scenario.clear();
  EXPECT_THROW(entry_of(record, {}), Error);
}

TEST(HistoryEntry, TextsAreMadeHarmless) {
  RunRecord record = sample_record();
  record.fingerprint.cpu = "max\x1b[2J";
  EXPECT_EQ(entry_of(record, {}).fingerprint.cpu, "max\\x1B[2J");
}

}  // namespace
}  // namespace harness::history
