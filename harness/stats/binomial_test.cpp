#include "stats/binomial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace harness::stats {
namespace {

// From tables of the Clopper-Pearson interval.
TEST(BinomialInterval, IsThatOfClopperAndPearson) {
  const Interval none = binomial_interval(0, 10);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.3085, 1e-4);
  const Interval one = binomial_interval(1, 10);
  EXPECT_NEAR(one.low, 0.0025, 1e-4);
  EXPECT_NEAR(one.high, 0.4450, 1e-4);
  const Interval half = binomial_interval(5, 10);
  EXPECT_NEAR(half.low, 0.1871, 1e-4);
  EXPECT_NEAR(half.high, 0.8129, 1e-4);
  EXPECT_EQ(binomial_interval(10, 10).high, 1);
  EXPECT_NEAR(binomial_interval(10, 10).low, 0.6915, 1e-4);
  EXPECT_EQ(binomial_interval(0, 0).high, 1);
  EXPECT_NEAR(binomial_interval(0, 100'000).high, 3.689e-5, 1e-7);
}

/// How often the interval of so many trials holds the rate that they were drawn at.
double coverage(std::size_t trials, double rate, double confidence) {
  double held = 0;
  for (std::size_t hits = 0; hits <= trials; ++hits) {
    if (!binomial_interval(hits, trials, confidence).contains(rate)) continue;
    const auto n = static_cast<double>(trials), k = static_cast<double>(hits);
    held += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                     k * std::log(rate) + (n - k) * std::log1p(-rate));
  }
  return held;
}

// What `calibrate` states of its rates.
TEST(BinomialInterval, HoldsTheRateInNinetyFiveOfAHundredAtLeast) {
  double least_of_eighty = 1;
  for (const std::size_t trials : {10U, 33U, 100U}) {
    for (int i = 1; i < 100; ++i) {
      EXPECT_GE(coverage(trials, i / 100.0, 0.95), 0.95) << trials << ' ' << i;
      least_of_eighty = std::min(least_of_eighty, coverage(trials, i / 100.0, 0.80));
    }
  }
  EXPECT_LT(least_of_eighty, 0.95) << "one that is too narrow does not";
}

}  // namespace
}  // namespace harness::stats
