// Change points: where a series of numbers changes its level, by a step. Pure.
//
// Exact series (counted, every boot the same): each change is a step; there is nothing to estimate.
//
// Noisy series: hierarchical splitting as in E-divisive (Matteson & James, A Nonparametric Approach
// for Multiple Change Point Analysis of Multivariate Data, JASA 109:334, 2014): in a segment, the
// split (t, k) that sets [begin, t) apart most from [t, k) is sought, and kept where a permutation
// test finds as much in fewer than `alpha` of all orders. The measure is not theirs but the
// difference of mean ranks, standardised (the Wilcoxon statistic, as Pettitt, Applied Statistics
// 28:126, 1979, uses it for one change point): an outlier of any size is only one extreme rank.
// Ranks tell whether there is a step, but place it a little towards the middle; so at the end each
// place is sought again between its neighbours (Bai, Estimating Multiple Breaks One at a Time,
// Econometric Theory 13:315, 1997), by least absolute deviations (Bai, ibid. 11:403, 1995).
//
// A series without a step shows one with probability `alpha` at most, whatever its distribution, as
// long as the order of its values says nothing; a host that drifts breaks that, and its drift shows
// as steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace harness::stats {

struct ChangePoint {
  std::size_t at = 0;            // index of the first value after the step
  double before = 0, after = 0;  // median of the level on either side
  double p = 0;                  // of the permutation test; 0 for an exact step
};

struct ChangePointRules {
  double alpha = 0.01;
  std::size_t shortest =
      3;  // values on each side of a step; fewer cannot be distinguished from outliers
  std::size_t permutations = 999;
  std::uint64_t seed = 1;  // the same series gives the same steps, on every machine
};

/// Every change of value. Levels are the values themselves.
std::vector<ChangePoint> exact_change_points(std::span<const double> values);

/// Steps of a noisy series, in order of place. Takes time with the square of the length: of more
/// than kMaxSeriesLength values, only the last that many are looked at.
std::vector<ChangePoint> noisy_change_points(std::span<const double> values,
                                             const ChangePointRules& rules = {});
inline constexpr std::size_t kMaxSeriesLength = 1000;

}  // namespace harness::stats
