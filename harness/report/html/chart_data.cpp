// What charts.js draws, as JSON. Names of the guest pass printable(), as in every report.
#include <nlohmann/json.hpp>

#include "base/ranked.h"
#include "base/text.h"
#include "record/summary.h"
#include "report/html/sections.h"
#include "stats/stats.h"

namespace harness::html {
namespace {

/// What a scenario looks for in the output and what the guest measured as a whole, then what it
/// says in its own units, then the parts. The total of a section is its average times its calls,
/// and has no chart of its own.
int interest_of(const MetricSamples& metric) {
  switch (metric.source) {
    case NumberSource::found:
    case NumberSource::found_lower:
    case NumberSource::found_higher:
      return 0;
    case NumberSource::bench:
    case NumberSource::timing:
      return 1;
    case NumberSource::metric:
      return 2;
    case NumberSource::profile:
      return 3;
    case NumberSource::phase:
      break;
  }
  return 4;
}

std::vector<MetricSamples> in_order_of_interest(const RunRecord& record) {
  std::vector<MetricSamples> metrics = collect_samples(record);
  std::erase_if(metrics, [](const MetricSamples& metric) {
    return metric.source == NumberSource::profile && metric.name.ends_with(" total");
  });
  return ranked(std::move(metrics), interest_of);
}

}  // namespace

std::string chart_data(const RunRecord& record) {
  // More charts than that nobody looks through, and each costs time to draw.
  constexpr std::size_t kMaxCharts = 60;
  // What varies there is not measured, it waits for a disk: a table is enough.
  if (record.fingerprint.clock == ClockKind::counted) return {};
  nlohmann::ordered_json charts = nlohmann::ordered_json::array();
  for (const MetricSamples& metric : in_order_of_interest(record)) {
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
