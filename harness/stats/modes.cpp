#include "stats/modes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "stats/stretches.h"

namespace harness::stats {
namespace {

constexpr double kSmallestShare = 0.2;  // of a mode, of all values

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

std::vector<Timed> sorted_by_value(std::span<const double> logs) {
  std::vector<Timed> sorted(logs.size());
  for (std::size_t i = 0; i < logs.size(); ++i) sorted[i] = {logs[i], i};
  std::ranges::sort(sorted, {}, &Timed::value);
  return sorted;
}

}  // namespace

Modes modes_of(std::span<const double> logs) {
  const std::vector<Timed> sorted = sorted_by_value(logs);
  const double fewest = std::max(static_cast<double>(kFewestOfMode),
                                 kSmallestShare * static_cast<double>(logs.size()));
  Modes found;
  for (const auto& group : grouped(sorted)) {
    const bool stray = static_cast<double>(group.size()) < fewest;
    (stray ? found.strays : found.modes).push_back(mode_of(group));
  }
  if (found.modes.empty()) found = {{mode_of(sorted)}, {}};
  return found;
}

std::size_t parting_of(std::span<const double> logs) {
  const std::vector<Timed> sorted = sorted_by_value(logs);
  std::vector<std::size_t> group_at(logs.size());  // by place in time
  const Groups groups = grouped(sorted);
  std::vector<std::size_t> left(groups.size());  // values of each group from here on
  for (std::size_t g = 0; g < groups.size(); ++g) {
    left[g] = groups[g].size();
    for (const Timed& one : groups[g]) group_at[one.at] = g;
  }
  std::size_t open = 0;  // groups that have begun and not ended
  for (std::size_t i = 0; i + 1 < logs.size(); ++i) {
    const std::size_t g = group_at[i];
    if (left[g] == groups[g].size()) ++open;
    if (--left[g] == 0) --open;
    if (open == 0) return i + 1;
  }
  return 0;
}

Halves halves_of(std::span<const double> logs) {
  std::vector<double> sorted(logs.begin(), logs.end());
  std::ranges::sort(sorted);
  const double all = std::accumulate(sorted.begin(), sorted.end(), 0.0);
  Halves best{.at = sorted.front(), .apart = 0};
  double most = 0, below = 0;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    below += sorted[i - 1];
    if (sorted[i] == sorted[i - 1]) continue;
    const auto low = static_cast<double>(i), high = static_cast<double>(sorted.size() - i);
    const double apart = (all - below) / high - below / low;
    const double between = apart * apart * low * high;  // what is not within, but for a factor
    if (between <= most) continue;
    most = between;
    best = {.at = sorted[i], .apart = apart};
  }
  return best;
}

std::vector<std::size_t> switches_of(std::span<const double> logs, double alpha) {
  const std::vector<Timed> sorted = sorted_by_value(logs);
  const Groups groups = grouped(sorted);
  std::vector<bool> is_above(logs.size(), true);  // by place in time
  std::vector<bool> best;
  double least = alpha;
  for (std::size_t g = 0; g + 1 < groups.size(); ++g) {
    for (const Timed& one : groups[g]) is_above[one.at] = false;
    const double p = chance_of_so_few_stretches(is_above) * static_cast<double>(groups.size() - 1);
    if (p > least) continue;
    least = p;
    best = is_above;
  }
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < best.size(); ++i) {
    if (best[i] != best[i - 1]) places.push_back(i);
  }
  return places;
}

}  // namespace harness::stats
