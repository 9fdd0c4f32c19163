#include "compare/several_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "base/listing.h"
#include "base/utc.h"
#include "compare/conditions.h"
#include "compare/judge.h"
#include "compare/series_index.h"
#include "compare/units.h"

namespace harness {
namespace {

/// The value of one run in `unit`; nothing where that run has none.
std::optional<double> value_of(const Series* series, const std::string& unit) {
  if (!series || !fault_of(*series).empty()) return std::nullopt;
  const double median = median_of(*series);
  return series->unit == unit ? median : converted_number(median, series->unit, unit);
}

/// What the newest run lacks, so that it is missed, or compared, and not forgotten.
void add_numbers_of_older(const std::vector<Measurements>& runs, Measurements& side) {
  std::unordered_set<std::string> known;
  for (const Series& series : side.series) known.insert(series.name);
  for (const std::string& name : side.left_out) known.insert(name);
  for (std::size_t i = runs.size() - 1; i-- > 0;) {
    for (const Series& series : runs[i].series) {
      if (known.insert(series.name).second) side.series.push_back(series);
    }
  }
}

/// Where all say when they began; a file of Google Benchmark does in its `date`.
bool in_order(const std::vector<Measurements>& runs) {
  return std::ranges::any_of(runs,
                             [](const Measurements& run) { return run.started_at.empty(); }) ||
         std::ranges::is_sorted(runs, {}, &Measurements::started_at);
}

void add_note(Measurements& side, const std::string& note) {
  side.note += (side.note.empty() ? "" : "; ") + note;
}

std::string fault_of_runs(const std::vector<Measurements>& runs, const Rules& rules) {
  for (const Measurements& run : runs) {
    if (!run.fault.empty()) return fmt::format("{}: {}", run.source, run.fault);
    const auto refused = unlike_conditions(run, runs.back(), rules).refused;
    if (refused.empty()) continue;
    return fmt::format("{} and {} were measured under other conditions: {}", run.source,
                       runs.back().source, conditions_text(refused));
  }
  return {};
}

}  // namespace

bool is_same_run(const Measurements& a, const Measurements& b) {
  std::error_code error;
  if (!a.source.empty() && std::filesystem::equivalent(a.source, b.source, error)) return true;
  if (a.started_at.empty() || a.started_at != b.started_at) return false;
  SeriesIndex others(b);
  std::size_t shared = 0;
  for (const Series& series : a.series) {
    const Series* const other = others.find(series.name);
    if (other == nullptr) continue;
    if (series.samples != other->samples) return false;
    ++shared;
  }
  return shared > 0;
}

bool is_of_runs(const Measurements& side) {
  return std::ranges::any_of(side.series, &Series::runs);
}

Measurements one_side_of(const std::vector<Measurements>& runs, const Rules& rules) {
  Measurements side = runs.back();
  side.source = runs.size() == 1
                    ? fmt::format("1 run, {}", runs.back().source)
                    : fmt::format("{} runs, the newest {}", runs.size(), runs.back().source);
  side.fault = fault_of_runs(runs, rules);
  std::vector<SeriesIndex> indices;
  indices.reserve(runs.size());
  for (const Measurements& run : runs) indices.emplace_back(run);
  add_numbers_of_older(runs, side);
  std::vector<std::optional<std::int64_t>> times;
  times.reserve(runs.size());
  for (const Measurements& run : runs) times.push_back(unix_seconds(run.started_at));
  std::vector<std::string> moved;
  for (Series& series : side.series) {
    if (!fault_of(series).empty()) continue;
    std::vector<double> values, begun;
    values.reserve(runs.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto value = value_of(indices[i].find(series.name), series.unit);
      if (!value) continue;
      values.push_back(*value);
      if (const auto& time = times[i]) begun.push_back(static_cast<double>(*time));
    }
    if (series.noisy) {
      if (begun.size() == values.size()) series.begun = std::move(begun);
      series.samples = std::move(values);
      series.announced = 0;
      series.runs = true;
    } else if (std::ranges::adjacent_find(values, std::not_equal_to()) != values.end()) {
      moved.push_back(series.name);
    }
  }
  if (!in_order(runs)) add_note(side, "its runs are not in the order in which they began");
  if (!moved.empty()) {
    add_note(side,
             fmt::format("exact numbers moved among its runs, and are those of the newest: {}",
                         listed(moved)));
  }
  return side;
}

std::vector<Measurements> sides_of(const std::vector<std::vector<Measurements>>& sources,
                                   const Rules& rules) {
  std::vector<std::vector<Measurements>> groups;
  const bool one_each = std::ranges::all_of(
      sources, [](const std::vector<Measurements>& source) { return source.size() == 1; });
  for (const std::vector<Measurements>& source : sources) {
    for (const Measurements& run : source) {
      const auto group = std::ranges::find_if(groups, [&](const std::vector<Measurements>& runs) {
        return one_each || runs.front().scenario == run.scenario;
      });
      if (group == groups.end()) {
        groups.push_back({run});
      } else {
        group->push_back(run);
      }
    }
  }
  std::vector<Measurements> sides;
  sides.reserve(groups.size());
  for (const std::vector<Measurements>& runs : groups) sides.push_back(one_side_of(runs, rules));
  return sides;
}

}  // namespace harness
