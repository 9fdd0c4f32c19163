#include "history/series.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/verdict.h"
#include "record/fields.h"
#include "stats/stats.h"

namespace harness::history {
namespace {

std::string text_of(const std::string& value) { return value.empty() ? "default" : value; }
std::string text_of(std::uint64_t value) { return std::to_string(value); }
std::string text_of(ClockKind clock) { return clock_name(clock); }

Point point_of(const Entry& entry, const EntryMetric& metric) {
  std::vector<double> values;
  values.reserve(metric.samples.size());
  for (const Sample& sample : metric.samples) values.push_back(static_cast<double>(sample.value));
  return {entry.identity, entry.started_at, entry.fingerprint.image_sha256,
          entry.revision, metric.samples,   stats::median(values)};
}

void add(NumberSeries& series, const Entry& entry, const EntryMetric& metric) {
  if (!is_measurement(entry.verdict)) {
    ++series.left_out;
    return;
  }
  auto at = std::ranges::find_if(series.segments, [&](const Segment& segment) {
    return same_environment(segment.environment, entry.fingerprint);
  });
  if (at == series.segments.end()) {
    at = series.segments.insert(series.segments.end(), {entry.fingerprint, {}, false, {}});
  }
  at->points.push_back(point_of(entry, metric));
}

bool boots_agree(const Point& point) {
  return std::ranges::all_of(point.samples, [&](const Sample& sample) {
    return sample.value == point.samples.front().value;
  });
}

void find_change_points(Segment& segment, ClockKind clock, std::size_t last,
                        const stats::ChangePointRules& rules) {
  std::vector<Point>& points = segment.points;
  if (last > 0 && points.size() > last) {
    points.erase(points.begin(), points.end() - static_cast<std::ptrdiff_t>(last));
  }
  segment.exact = clock == ClockKind::counted && std::ranges::all_of(points, boots_agree);
  std::vector<double> values;
  values.reserve(points.size());
  for (const Point& point : points) values.push_back(point.value);
  segment.change_points = segment.exact ? stats::exact_change_points(values)
                                        : stats::noisy_change_points(values, rules);
}

}  // namespace

std::vector<std::string> differences(const Fingerprint& a, const Fingerprint& b) {
  std::vector<std::string> all;
  const auto compare = [&](const auto& field) {
    if (field.key == "image_sha256" || a.*field.member == b.*field.member) return;
    all.push_back(std::string(field.key) + ": " + text_of(a.*field.member) + " -> " +
                  text_of(b.*field.member));
  };
  std::apply([&](const auto&... fields) { (compare(fields), ...); }, Fields<Fingerprint>::all);
  return all;
}

bool same_environment(const Fingerprint& a, const Fingerprint& b) {
  bool same = true;
  const auto compare = [&](const auto& field) {
    same &= field.key == "image_sha256" || a.*field.member == b.*field.member;
  };
  std::apply([&](const auto&... fields) { (compare(fields), ...); }, Fields<Fingerprint>::all);
  return same;
}

bool is_measurement(VerdictKind verdict) { return exit_status(verdict) == ExitStatus::pass; }

std::vector<NumberSeries> series_of(std::span<const Entry> entries, const SeriesFilter& filter,
                                    const stats::ChangePointRules& rules) {
  std::vector<NumberSeries> all;
  std::map<SeriesKey, std::size_t> index;
  for (const Entry& entry : entries) {
    if (!filter.scenario.empty() && entry.scenario != filter.scenario) continue;
    for (const EntryMetric& metric : entry.metrics) {
      if (!filter.metric.empty() && metric.name != filter.metric) continue;
      const SeriesKey key = {entry.scenario, metric.source, metric.name, metric.unit,
                             entry.fingerprint.clock};
      const auto [at, is_new] = index.try_emplace(key, all.size());
      if (is_new) all.push_back({key, {}, 0});
      add(all[at->second], entry, metric);
    }
  }
  std::erase_if(all, [](const NumberSeries& series) { return series.segments.empty(); });
  for (NumberSeries& series : all) {
    for (Segment& segment : series.segments) {
      find_change_points(segment, series.key.clock, filter.last, rules);
    }
  }
  return all;
}

}  // namespace harness::history
