#include "stats/binomial.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace harness::stats
