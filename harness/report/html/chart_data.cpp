// What charts.js draws, as JSON. Names of the guest pass printable(), as in every report.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "record/summary.h"
#include "report/html/sections.h"
#include "stats/stats.h"

namespace harness::html {

std::string chart_data(const RunRecord& record) {
  // More charts than that nobody looks through, and each costs time to draw.
  constexpr std::size_t kMaxCharts = 60;
  // What varies there is not measured, it waits for a disk: a table is enough.
  if (record.fingerprint.clock == ClockKind::counted) return {};
  nlohmann::ordered_json charts = nlohmann::ordered_json::array();
  for (const MetricSamples& metric : collect_samples(record)) {
    const std::vector<double> values(metric.samples.begin(), metric.samples.end());
    const bool varies = std::ranges::adjacent_find(values, std::not_equal_to{}) != values.end();
    if (!varies || charts.size() == kMaxCharts) continue;
    const stats::Interval interval = stats::bootstrap_median(values);
    charts.push_back({{"name", printable(metric.name)},
                      {"unit", printable(metric.unit)},
                      {"first", warm_up_boots(record) + 1},
                      {"samples", metric.samples},
                      {"median", stats::median(values)},
                      {"low", interval.low},
                      {"high", interval.high}});
  }
  if (charts.empty()) return {};
  return nlohmann::ordered_json{{"samples", charts}}.dump();
}

}  // namespace harness::html
