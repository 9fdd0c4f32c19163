#include "history/measured.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "model/verdict.h"

namespace harness::history {
namespace {

/// The tag that compare appends where another kind of number has taken the name; nullptr for lines
/// of the guest, which compare makes series of by itself.
const char* tag_of(Source source) {
  if (source == Source::memory) return " [MEMORY]";
  return source == Source::size ? " (build)" : nullptr;
}

std::vector<MetricSamples> samples_of(const Entry& entry) {
  std::vector<MetricSamples> all;
  for (const EntryMetric& metric : entry.metrics) {
    if (tag_of(metric.source) || may_wait_for_disk(entry, metric)) continue;
    MetricSamples& samples = all.emplace_back(
        MetricSamples{static_cast<NumberSource>(metric.source), metric.name, metric.unit, {}});
    for (const Sample& sample : metric.samples) samples.samples.push_back(sample.value);
  }
  return all;
}

/// How many boots the numbers are of. By host time the first that is named is the first of them:
/// boots before it were warm-up.
std::size_t boots_of(const Entry& entry) {
  const bool host = entry.fingerprint.clock == ClockKind::host;
  std::uint64_t first = host ? std::numeric_limits<std::uint64_t>::max() : 1, last = 0;
  for (const EntryMetric& metric : entry.metrics) {
    for (const Sample& sample : metric.samples) {
      first = std::min(first, sample.boot);
      last = std::max(last, sample.boot);
    }
  }
  return last < first ? 0 : static_cast<std::size_t>(last - first + 1);
}

void add_memory_and_sizes(const Entry& entry, std::size_t boots,
                          std::vector<harness::Series>& all) {
  for (const EntryMetric& metric : entry.metrics) {
    const char* tag = tag_of(metric.source);
    if (!tag) continue;
    harness::Series series{.name = metric.name,
                           .unit = metric.unit,
                           .better = better_of(metric.unit),
                           .noisy = false,
                           .samples = {},
                           .fault = {}};
    if (std::ranges::find(all, metric.name, &harness::Series::name) != all.end()) {
      series.name += tag;
    }
    for (const Sample& sample : metric.samples) {
      series.samples.push_back(static_cast<double>(sample.value));
    }
    if (series.samples.size() != boots) {
      series.fault = fmt::format("arrived in {} of {} boots", series.samples.size(), boots);
    }
    all.push_back(std::move(series));
  }
}

}  // namespace

bool may_wait_for_disk(const Entry& entry, const EntryMetric& metric) {
  const std::string_view name = without_boot_name_end(metric.name);
  return entry.fingerprint.clock == ClockKind::counted && entry.waits_for_disk.value_or(true) &&
         metric.source == Source::phase &&
         (name == kPhaseTotal || name == kPhasePrefix + std::string("firmware") ||
          name == kPhasePrefix + std::string("boot sector"));
}

Measurements measurements_of(const Entry& entry, std::string source) {
  const std::size_t boots = boots_of(entry);
  Measurements all{.scenario = entry.scenario,
                   .source = std::move(source),
                   .fingerprint = compared_fingerprint(entry.fingerprint),
                   .series = harness::series_of(samples_of(entry), boots, entry.fingerprint.clock),
                   .fault = {}};
  all.started_at = entry.started_at;
  if (!entry.revision.commit.empty()) {
    all.commit = entry.revision.commit + (entry.revision.dirty ? "+" : "");
  }
  add_memory_and_sizes(entry, boots, all.series);
  if (exit_status(entry.verdict) != ExitStatus::pass) {
    all.fault = fmt::format("its run did not pass: {}", verdict_name(entry.verdict));
  }
  return all;
}

}  // namespace harness::history
