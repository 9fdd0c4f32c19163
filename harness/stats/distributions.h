// The distributions that tests are held against.
#pragma once

#include <cstddef>
#include <vector>

namespace harness::stats {

/// P(Z <= z) of the standard normal.
double normal_cdf(double z);
/// The z with P(Z <= z) = p, for 0 < p < 1.
double normal_quantile(double p);

/// Under "no difference", without ties: entry u is P(U <= u), for two samples of n and m. n, m up
/// to 25 are exact to the last bit of the counts.
std::vector<double> mann_whitney_cdf(std::size_t n, std::size_t m);
/// The same for the sum of the positive ranks of n pairs, n up to 40.
std::vector<double> signed_rank_cdf(std::size_t n);

}  // namespace harness::stats
