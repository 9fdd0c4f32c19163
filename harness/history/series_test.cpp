#include "history/series.h"

#include <gtest/gtest.h>

#include "history/entry_testing.h"
#include "record/fields.h"

namespace harness::history {
namespace {

TEST(HistorySeries, FingerprintChangeIsABreakNotAStep) {
  std::vector<Entry> entries = sample_entries({10, 10, 20, 20});
  for (std::size_t i = 2; i < 4; ++i) entries[i].fingerprint.compiler = "Clang 20.0.0";
  const auto all = series_of(entries, {});
  ASSERT_EQ(all.size(), 1u);
  ASSERT_EQ(all[0].segments.size(), 2u);
  for (const Segment& segment : all[0].segments) {
    EXPECT_EQ(segment.points.size(), 2u);
    EXPECT_TRUE(segment.change_points.empty());
  }
  EXPECT_EQ(differences(all[0].segments[0].environment, all[0].segments[1].environment),
            std::vector<std::string>{"compiler: Clang 19.1.7 -> Clang 20.0.0"});
}

TEST(HistorySeries, OneEnvironmentBetweenAnotherIsJoined) {
  std::vector<Entry> entries = sample_entries({10, 99, 11});
  entries[1].fingerprint.qemu_version = "8.0.0";
  const auto all = series_of(entries, {});
  ASSERT_EQ(all[0].segments.size(), 2u);
  ASSERT_EQ(all[0].segments[0].change_points.size(), 1u);
  EXPECT_EQ(all[0].segments[0].change_points[0].after, 11);
}

TEST(HistorySeries, AnyMemberOfTheFingerprintButTheImageBreaks) {
  const Fingerprint base = sample_entry(0, {1}).fingerprint;
  const auto change = [&](const auto& field) {
    Fingerprint other = base;
    auto& member = other.*field.member;
    if constexpr (std::is_same_v<decltype(member), std::string&>) {
      member += "x";
    } else if constexpr (std::is_same_v<decltype(member), ClockKind&>) {
      member = ClockKind::host;
    } else {
      member += 1;
    }
    EXPECT_EQ(same_environment(base, other), field.key == "image_sha256") << field.key;
    EXPECT_EQ(differences(base, other).empty(), field.key == "image_sha256") << field.key;
  };
  std::apply([&](const auto&... fields) { (change(fields), ...); }, Fields<Fingerprint>::all);
  // A new member needs a column (database.cpp: one more migration), or it is lost on the way.
  EXPECT_EQ(std::tuple_size_v<decltype(Fields<Fingerprint>::all)>, 13u);
}

TEST(HistorySeries, ClocksUnitsAndSourcesNeverMix) {
  std::vector<Entry> entries = {sample_entry(0, {1}), sample_entry(1, {1}, ClockKind::host),
                                sample_entry(2, {1}), sample_entry(3, {1})};
  entries[2].metrics[0].unit = "bytes";
  entries[3].metrics[0].source = Source::timing;
  EXPECT_EQ(series_of(entries, {}).size(), 4u);
}

TEST(HistorySeries, CountedNumberWhoseBootsDifferIsNoisy) {
  std::vector<Entry> entries = sample_entries({10, 11, 10, 11});
  EXPECT_EQ(series_of(entries, {})[0].segments[0].change_points.size(), 3u);
  entries[1].metrics[0].samples.push_back({2, 12});
  const Segment segment = series_of(entries, {})[0].segments[0];
  EXPECT_FALSE(segment.exact);
  EXPECT_TRUE(segment.change_points.empty());
  EXPECT_EQ(segment.points[1].value, 11.5);
}

TEST(HistorySeries, RunsThatDidNotPassMakeNoStepAndAreCounted) {
  std::vector<Entry> entries = sample_entries({10, 99, 77, 10});
  entries[1].verdict = VerdictKind::invalid_data;
  entries[2].verdict = VerdictKind::fail;
  const auto all = series_of(entries, {});
  EXPECT_EQ(all[0].left_out, 2u);
  EXPECT_EQ(all[0].segments[0].points.size(), 2u);
  EXPECT_TRUE(all[0].segments[0].change_points.empty());
}

TEST(HistorySeries, FilterChoosesScenarioMetricAndTheLast) {
  std::vector<Entry> entries = sample_entries({1, 2, 3, 3});
  entries[0].metrics.push_back({Source::metric, "free", "bytes", {{1, 5}}});
  EXPECT_EQ(series_of(entries, {"sample", "free", 0}).size(), 1u);
  EXPECT_TRUE(series_of(entries, {"other", "", 0}).empty());
  const auto last = series_of(entries, {"", "fibonacci avg", 3});
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].segments[0].points.size(), 3u);
  EXPECT_EQ(last[0].segments[0].change_points.size(), 1u);
}

}  // namespace
}  // namespace harness::history
