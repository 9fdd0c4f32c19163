#include "stats/trend.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/stats.h"

namespace harness::stats {
namespace {

/// What ties take from the variance: the sum of t (t - 1) (2 t + 5) over groups of t equal values.
double tied(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    const auto t = static_cast<double>(end - i);
    sum += t * (t - 1) * (2 * t + 5);
    i = end;
  }
  return sum;
}

}  // namespace

Trend trend_of(std::span<const double> values) {
  Trend trend;
  if (values.size() < kFewestForTrend) return trend;
  double score = 0;
  std::vector<double> slopes;
  slopes.reserve(values.size() * (values.size() - 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = i + 1; k < values.size(); ++k) {
      const double rise = values[k] - values[i];
      score += rise > 0 ? 1 : rise < 0 ? -1 : 0;
      slopes.push_back(rise / static_cast<double>(k - i));
    }
  }
  trend.slope = median(slopes);
  const auto n = static_cast<double>(values.size());
  const double variance = (n * (n - 1) * (2 * n + 5) - tied(values)) / 18;
  if (variance <= 0) return trend;
  const double z = std::max(0.0, std::abs(score) - 1) / std::sqrt(variance);
  trend.p = 2 * normal_cdf(-z);
  return trend;
}

}  // namespace harness::stats
