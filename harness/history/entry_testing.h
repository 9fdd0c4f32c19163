// Entries for tests: one number each, in an environment of their own where a test wants it.
#pragma once

#include <fmt/core.h>

#include <string>
#include <utility>
#include <vector>

#include "history/entry.h"

namespace harness::history {

/// Run `index` of a scenario, a minute after the one before, with one boot for each value.
inline Entry sample_entry(std::size_t index, std::vector<std::uint64_t> values,
                          ClockKind clock = ClockKind::counted) {
  Entry entry;
  entry.identity = fmt::format("{:064x}", index + 1);
  entry.scenario = "sample";
  entry.started_at =
      fmt::format("2026-01-{:02}T{:02}:{:02}:00Z", 1 + index / 1440, index / 60 % 24, index % 60);
  entry.uniharness_version = "0.1.0";
  entry.revision = {fmt::format("{:040x}", 0xABC000 + index), index % 2 == 1};
  entry.fingerprint = {"7.2.22",
                       "i386",
                       "pc",
                       "tcg",
                       "",
                       "",
                       32 << 20,
                       1,
                       clock,
                       fmt::format("{:064x}", 0xF000 + index),
                       "Clang 19.1.7",
                       "-append quiet"};
  EntryMetric metric = {Source::profile, "fibonacci avg", unit_of(clock), {}};
  for (std::size_t i = 0; i < values.size(); ++i) metric.samples.push_back({i + 1, values[i]});
  entry.metrics.push_back(std::move(metric));
  return entry;
}

inline std::vector<Entry> sample_entries(const std::vector<std::uint64_t>& values,
                                         ClockKind clock = ClockKind::counted) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < values.size(); ++i) {
    entries.push_back(sample_entry(i, {values[i]}, clock));
  }
  return entries;
}

}  // namespace harness::history
