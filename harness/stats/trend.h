// Whether a series creeps: a monotone trend. Pure.
//   Mann 1945, Econometrica 13:245; Kendall, Rank Correlation Methods; with ties: Hollander, Wolfe
//   & Chicken, Nonparametric Statistical Methods, 3rd ed., 8.1. Slope: Theil 1950, Sen 1968,
//   ibid. 9.2
#pragma once

#include <cstddef>
#include <span>

namespace harness::stats {

struct Trend {
  double p = 1;      // two-sided, that the order of the values says nothing
  double slope = 0;  // from one value to the next, the median of all pairs
};

/// By the normal approximation with continuity correction, which is close from kFewestForTrend
/// values on; of fewer, and of equal values, p is 1.
Trend trend_of(std::span<const double> values);
inline constexpr std::size_t kFewestForTrend = 8;

}  // namespace harness::stats
