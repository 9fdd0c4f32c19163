#include "comparison_report/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "stats/stats.h"

namespace harness::comparison_report {

std::optional<std::uint64_t> counted(const RunRecord& record, NumberSource source,
                                     std::string_view name) {
  for (const MetricSamples& metric : collect_samples(record)) {
    if (metric.source != source || metric.name != name) continue;
    const bool same =
        std::ranges::count(metric.samples, metric.samples.front()) == std::ssize(metric.samples);
    if (!same || metric.samples.size() != record.boots.size()) {
      throw Error(fmt::format("{}: '{}' is not the same in every boot, so it cannot be compared "
                              "exactly",
                              record.scenario, name),
                  "see its samples: uniharness run " + record.scenario_file + " --clock counted",
                  ExitStatus::invalid_data);
    }
    return metric.samples.front();
  }
  return std::nullopt;
}

std::vector<double> host_samples(const Measured& side, std::string_view name) {
  return side.host ? host_samples(*side.host, name) : std::vector<double>();
}

std::vector<double> host_samples(const history::Entry& host, std::string_view name) {
  std::vector<double> samples;
  for (const history::EntryMetric& metric : host.metrics) {
    if (metric.name != name) continue;
    for (const history::Sample& sample : metric.samples) {
      samples.push_back(static_cast<double>(sample.value));
    }
    break;
  }
  return samples;
}

std::string change_text(std::uint64_t base, std::uint64_t value) {
  if (base == 0) return "";
  if (base == value) return "equal";
  return fmt::format("{:+.1f} %",
                     (static_cast<double>(value) / static_cast<double>(base) - 1) * 100);
}

namespace {

std::string rounded(double value) {
  if (value < 1000) return fmt::format("{:.2f}", value);
  return grouped(static_cast<std::uint64_t>(std::llround(value)));
}

}  // namespace

std::string median_text(const std::vector<double>& samples, double scale) {
  if (samples.empty()) return "";
  const stats::Interval interval = stats::bootstrap_median(samples);
  return rounded(stats::median(samples) * scale) + " [" + rounded(interval.low * scale) + ", " +
         rounded(interval.high * scale) + "]";
}

}  // namespace harness::comparison_report
