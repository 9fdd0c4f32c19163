#include "stats/distributions.h"

#include <boost/math/distributions/normal.hpp>

namespace harness::stats {
namespace {

/// Counts of equally likely cases -> P(X <= i).
std::vector<double> cumulated(const std::vector<double>& counts) {
  double total = 0;
  for (const double count : counts) total += count;
  std::vector<double> cdf;
  cdf.reserve(counts.size());
  double sum = 0;
  for (const double count : counts) cdf.push_back((sum += count) / total);
  return cdf;
}

}  // namespace

double normal_cdf(double z) { return boost::math::cdf(boost::math::normal_distribution<>(), z); }

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal_distribution<>(), p);
}

std::vector<double> mann_whitney_cdf(std::size_t n, std::size_t m) {
  // The number of orders with U = u is the coefficient of x^u in the Gaussian binomial
  // (n + m over m): the product of (1 - x^(n+i)) / (1 - x^i) for i = 1..m.
  std::vector<double> counts(n * m + 1, 0.0);
  counts[0] = 1;
  for (std::size_t i = 1; i <= m; ++i) {
    for (std::size_t u = counts.size(); u-- > n + i;) counts[u] -= counts[u - n - i];
    for (std::size_t u = i; u < counts.size(); ++u) counts[u] += counts[u - i];
  }
  return cumulated(counts);
}

std::vector<double> signed_rank_cdf(std::size_t n) {
  // Each rank is in the sum or is not: the product of (1 + x^i) for i = 1..n.
  std::vector<double> counts(n * (n + 1) / 2 + 1, 0.0);
  counts[0] = 1;
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t sum = counts.size(); sum-- > i;) counts[sum] += counts[sum - i];
  }
  return cumulated(counts);
}

}  // namespace harness::stats
