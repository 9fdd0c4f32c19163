#include "stats/levels.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <iterator>
#include <utility>

#include "stats/change_points.h"
#include "stats/stats.h"

namespace harness::stats {
namespace {

/// The steps of `logs` where a permutation test would take too long: the best place in two, where
/// Mann-Whitney finds it at `alpha` for all places together (Bonferroni), and so on in both parts.
void add_steps_by_ranks(std::span<const double> logs, std::size_t begin, double alpha,
                        std::vector<std::size_t>& steps) {
  if (logs.size() < 2 * kFewestOfLevel) return;
  const std::size_t places = logs.size() - 2 * kFewestOfLevel + 1;
  std::size_t best = 0;
  double least = 1;
  for (std::size_t place = kFewestOfLevel; place < kFewestOfLevel + places; ++place) {
    const double p = mann_whitney(logs.first(place), logs.subspan(place)).p;
    if (p >= least) continue;
    least = p;
    best = place;
  }
  if (best == 0 || least * static_cast<double>(places) > alpha) return;
  add_steps_by_ranks(logs.first(best), begin, alpha, steps);
  steps.push_back(begin + best);
  add_steps_by_ranks(logs.subspan(best), begin + best, alpha, steps);
}

/// Where steps are, that are significant at `alpha`.
std::vector<std::size_t> steps_of(std::span<const double> logs, double alpha) {
  constexpr double kMostPermutations = 20'000;
  constexpr std::size_t kMostByRanks = 200;  // of the newest runs: time is cubic
  std::vector<std::size_t> steps;
  const double needed = std::ceil(2 / alpha);
  if (needed > kMostPermutations) {
    const std::size_t skipped = logs.size() - std::min(logs.size(), kMostByRanks);
    add_steps_by_ranks(logs.subspan(skipped), skipped, alpha, steps);
    return steps;
  }
  ChangePointRules rules;
  rules.alpha = alpha;
  rules.permutations = std::max(rules.permutations, static_cast<std::size_t>(needed));
  for (const ChangePoint& step : noisy_change_points(logs, rules)) steps.push_back(step.at);
  return steps;
}

/// The steps and the switches, in order: a step that would leave fewer runs than a level has
/// between itself and a switch is that switch, placed less well.
std::vector<std::size_t> merged(const std::vector<std::size_t>& steps,
                                const std::vector<std::size_t>& switches) {
  std::vector<std::size_t> all = switches;
  std::ranges::copy_if(steps, std::back_inserter(all), [&](std::size_t step) {
    return std::ranges::none_of(switches, [&](std::size_t other) {
      return std::max(step, other) - std::min(step, other) < kFewestOfLevel;
    });
  });
  std::ranges::sort(all);
  return all;
}

/// Cuts a past where groups of its values part in time, or change places seldom.
class Cutter {
 public:
  /// `logs`: the runs and, last, the candidate.
  Cutter(std::span<const double> logs, double alpha) : logs_(logs), alpha_(alpha) {}

  /// The runs from `begin` to before `end`.
  void add_levels(std::size_t begin, std::size_t end, std::vector<Level>& levels) const {
    if (begin == end) return;
    const std::span<const double> runs = logs_.subspan(begin, end - begin);
    const bool newest = end + 1 == logs_.size();
    std::vector<std::size_t> cuts = switches_of(newest ? logs_.subspan(begin) : runs, alpha_);
    std::erase(cuts, runs.size());  // before the candidate
    if (cuts.empty()) cuts.push_back(parting_of(runs));
    if (cuts.front() == 0) {
      levels.push_back(level_of(runs, begin));
      return;
    }
    std::size_t done = begin;
    for (const std::size_t cut : cuts) {
      add_levels(done, begin + cut, levels);
      done = begin + cut;
    }
    add_levels(done, end, levels);
  }

 private:
  std::span<const double> logs_;
  double alpha_;
};

/// The median of what is within one of the modes.
double middle_of(std::span<const double> logs, const std::vector<Mode>& modes) {
  std::vector<double> inside;
  std::ranges::copy_if(logs, std::back_inserter(inside), [&](double x) {
    return std::ranges::any_of(modes,
                               [&](const Mode& mode) { return mode.low <= x && x <= mode.high; });
  });
  return median(inside);
}

}  // namespace

Level level_of(std::span<const double> logs, std::size_t begin) {
  Modes found = modes_of(logs);
  const double middle = middle_of(logs, found.modes);
  return {begin, begin + logs.size(), middle, std::move(found.modes), std::move(found.strays)};
}

Past past_of(std::span<const double> logs, double alpha, double alpha_of_switches) {
  const std::span<const double> runs = logs.first(logs.size() - 1);
  const Cutter cutter(logs, alpha_of_switches);
  std::vector<Level> levels;
  std::size_t begin = 0;
  for (const std::size_t step :
       merged(steps_of(logs, alpha), switches_of(logs, alpha_of_switches))) {
    const std::size_t end = std::min(step, runs.size());
    cutter.add_levels(begin, end, levels);
    begin = end;
  }
  cutter.add_levels(begin, runs.size(), levels);

  Past past;
  for (Level& level : levels) {
    if (level.size() >= kFewestOfLevel || levels.size() == 1) {
      past.levels.push_back(std::move(level));
    } else if (level.end == runs.size()) {
      past.newest = std::move(level);
    } else {
      std::ranges::copy(level.modes, std::back_inserter(past.strays));
    }
  }
  if (past.levels.empty()) past = {{level_of(runs, 0)}, {}, {}};
  return past;
}

Scatter scatter_of(const std::vector<Level>& levels) {
  double squares = 0, freedom = 0;
  for (const Level& level : levels) {
    for (const Mode& mode : level.modes) {
      squares += mode.squares;
      freedom += static_cast<double>(mode.count - 1);
    }
  }
  if (freedom == 0) return {};
  return {std::max(kLeastDeviation, std::sqrt(squares / freedom)), freedom};
}

double distance_to(const Mode& mode, double x) {
  return std::max({mode.low - x, x - mode.high, 0.0});
}

double chance_beyond(const Mode& mode, const Scatter& scatter, double x) {
  const double predicted = scatter.deviation * std::sqrt(1 + 1 / static_cast<double>(mode.count));
  const boost::math::students_t distribution(scatter.freedom);
  const double t = std::abs(x - mode.mean) / predicted;
  return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

double median_within(std::span<const double> values, std::span<const double> logs,
                     const Level& level) {
  std::vector<double> inside;
  for (std::size_t i = level.begin; i < level.end; ++i) {
    const auto holds = [&](const Mode& mode) { return distance_to(mode, logs[i]) == 0; };
    if (std::ranges::any_of(level.modes, holds)) inside.push_back(values[i]);
  }
  return median(inside);
}

double better_by(const Level& a, const Level& b, Better better) {
  if (better == Better::neither) return 0;
  return better == Better::lower ? b.low() - a.high() : a.low() - b.high();
}

const Level& best_of(const std::vector<Level>& levels, Better better) {
  const Level* best = &levels.back();
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    if (better_by(*level, *best, better) > 0) best = &*level;
  }
  return *best;
}

}  // namespace harness::stats
