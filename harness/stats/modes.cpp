#include "stats/modes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace harness::stats {
namespace {

constexpr double kFewestOfMode = 0.2;  // of all values

struct Timed {
  double value = 0;
  std::size_t at = 0;  // place in time
};

Mode mode_of(std::span<const Timed> sorted) {
  Mode mode{.low = sorted.front().value, .high = sorted.back().value, .count = sorted.size()};
  for (const Timed& one : sorted) mode.mean += one.value / static_cast<double>(sorted.size());
  for (const Timed& one : sorted) {
    mode.squares += (one.value - mode.mean) * (one.value - mode.mean);
  }
  return mode;
}

using Groups = std::vector<std::span<const Timed>>;

/// `sorted` cut at its `cuts` widest gaps.
Groups cut_at_widest(std::span<const Timed> sorted, std::size_t cuts) {
  const auto gap = [&](std::size_t i) { return sorted[i].value - sorted[i - 1].value; };
  std::vector<std::size_t> places(sorted.size() - 1);
  std::iota(places.begin(), places.end(), std::size_t{1});
  std::ranges::sort(places, std::greater(), gap);
  places.resize(cuts);
  std::ranges::sort(places);
  Groups groups;
  std::size_t begin = 0;
  for (const std::size_t place : places) {
    groups.push_back(sorted.subspan(begin, place - begin));
    begin = place;
  }
  groups.push_back(sorted.subspan(begin));
  return groups;
}

/// Whether each gap is wide for what the groups scatter.
bool are_apart(const Groups& groups, std::size_t values) {
  double squares = 0;
  for (const auto& group : groups) squares += mode_of(group).squares;
  const auto freedom = static_cast<double>(values - groups.size());
  const double deviation = std::max(kLeastDeviation, std::sqrt(squares / freedom));
  for (std::size_t i = 1; i < groups.size(); ++i) {
    constexpr std::size_t kFewestForSure = 3;
    const bool few = std::min(groups[i - 1].size(), groups[i].size()) < kFewestForSure;
    const double gap = groups[i].front().value - groups[i - 1].back().value;
    if (gap < (few ? kFarApart : kApart) * deviation) return false;
  }
  return true;
}

Groups grouped(std::span<const Timed> sorted) {
  if (sorted.size() >= kFewestToSplit) {
    for (std::size_t cuts = kMostModes - 1; cuts > 0; --cuts) {
      Groups groups = cut_at_widest(sorted, cuts);
      if (are_apart(groups, sorted.size())) return groups;
    }
  }
  return {sorted};
}

bool holds_only_the_newest(std::span<const Timed> group, std::size_t all) {
  return std::ranges::min(group, {}, &Timed::at).at == all - group.size();
}

}  // namespace

Modes modes_of(std::span<const double> logs) {
  std::vector<Timed> sorted(logs.size());
  for (std::size_t i = 0; i < logs.size(); ++i) sorted[i] = {logs[i], i};
  std::ranges::sort(sorted, {}, &Timed::value);
  Modes found;
  const double fewest = std::max(2.0, kFewestOfMode * static_cast<double>(logs.size()));
  for (const auto& group : grouped(sorted)) {
    if (holds_only_the_newest(group, logs.size())) continue;
    const bool stray = static_cast<double>(group.size()) < fewest;
    (stray ? found.strays : found.modes).push_back(mode_of(group));
  }
  if (found.modes.empty()) found = {{mode_of(sorted)}, {}};
  return found;
}

}  // namespace harness::stats
