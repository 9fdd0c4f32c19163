#include "stats/binomial.h"

#include <boost/math/distributions/binomial.hpp>

namespace harness::stats {

Interval binomial_interval(std::size_t hits, std::size_t trials, double confidence) {
  using Binomial = boost::math::binomial_distribution<>;
  if (trials == 0) return {0, 1};
  const double tail = (1 - confidence) / 2;
  const auto n = static_cast<double>(trials), k = static_cast<double>(hits);
  return {Binomial::find_lower_bound_on_p(n, k, tail), Binomial::find_upper_bound_on_p(n, k, tail)};
}

}  // namespace harness::stats
