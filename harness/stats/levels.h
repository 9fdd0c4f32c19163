// The past of a number, one value a run, cut into levels. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/decide.h"
#include "stats/modes.h"

namespace harness::stats {

/// Fewer runs that follow each other are no level.
inline constexpr std::size_t kFewestOfLevel = 3;

/// Runs between two steps, as logarithms.
struct Level {
  std::size_t begin = 0, end = 0;  // which runs, counted from 0
  double middle = 0;               // the median, strays left out
  std::vector<Mode> modes, strays;
  [[nodiscard]] double low() const { return modes.front().low; }
  [[nodiscard]] double high() const { return modes.back().high; }
  [[nodiscard]] std::size_t size() const { return end - begin; }
};
/// `logs`: the runs from `begin` on; not empty.
Level level_of(std::span<const double> logs, std::size_t begin);

struct Past {
  std::vector<Level> levels;    // of kFewestOfLevel runs at least, unless that is all; never empty
  std::vector<Mode> strays;     // runs that are apart from those behind them, too few for a level
  std::optional<Level> newest;  // the same of the newest runs: perhaps a step
};
/// `logs`: the runs and, last, the candidate, which only helps to find the steps; two at least.
/// Steps are those of change_points.h at `alpha`, or, where that would take too many permutations,
/// those that Mann-Whitney finds one by one; and those between groups of values that follow each
/// other in time, or change places so seldom that they are not mixed, at `alpha_of_switches`
/// (modes.h).
Past past_of(std::span<const double> logs, double alpha, double alpha_of_switches);

/// Standard deviation within the modes of all levels, kLeastDeviation at least, and its degrees of
/// freedom, 1 at least.
struct Scatter {
  double deviation = kLeastDeviation, freedom = 1;
};
Scatter scatter_of(const std::vector<Level>& levels);

/// 0 within the mode.
double distance_to(const Mode& mode, double x);
/// P of a value as far from the mode or farther, of the same kind as its own (runs.h: interval).
double chance_beyond(const Mode& mode, const Scatter& scatter, double x);

/// The median of the `values` of a level that are within its modes; `logs` are their logarithms.
double median_within(std::span<const double> values, std::span<const double> logs,
                     const Level& level);

/// By how much `a` is better than `b`, all of one against all of the other; not above 0 where it is
/// not, or where no direction is better.
double better_by(const Level& a, const Level& b, Better better);

/// The best level; of those that are as good, and where no direction is better, the newest.
const Level& best_of(const std::vector<Level>& levels, Better better);

}  // namespace harness::stats
