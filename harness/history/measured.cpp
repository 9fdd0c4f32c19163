#include "history/measured.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "record/verdict.h"

namespace harness::history {
namespace {

std::vector<MetricSamples> samples_of(const Entry& entry) {
  std::vector<MetricSamples> all;
  for (const EntryMetric& metric : entry.metrics) {
    if (may_wait_for_disk(entry, metric)) continue;
    MetricSamples& samples =
        all.emplace_back(MetricSamples{metric.source, metric.name, metric.unit, {}});
    for (const Sample& sample : metric.samples) samples.samples.push_back(sample.value);
  }
  return all;
}

std::size_t boots_of(const Entry& entry) {
  std::uint64_t boots = 0;
  for (const EntryMetric& metric : entry.metrics) {
    for (const Sample& sample : metric.samples) boots = std::max(boots, sample.boot);
  }
  return static_cast<std::size_t>(boots);
}

}  // namespace

bool may_wait_for_disk(const Entry& entry, const EntryMetric& metric) {
  return entry.fingerprint.clock == ClockKind::counted && metric.source == NumberSource::phase &&
         (metric.name == kPhaseTotal || metric.name == kPhasePrefix + std::string("firmware") ||
          metric.name == kPhasePrefix + std::string("boot sector"));
}

Measurements measurements_of(const Entry& entry, std::string source) {
  Measurements all{
      .scenario = entry.scenario,
      .source = std::move(source),
      .fingerprint = compared_fingerprint(entry.fingerprint),
      .series = harness::series_of(samples_of(entry), boots_of(entry), entry.fingerprint.clock),
      .fault = {}};
  if (exit_status(entry.verdict) != ExitStatus::pass) {
    all.fault = fmt::format("its run did not pass: {}", verdict_name(entry.verdict));
  }
  return all;
}

}  // namespace harness::history
