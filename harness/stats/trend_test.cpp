#include "stats/trend.h"

#include <gtest/gtest.h>

#include <vector>

namespace harness::stats {
namespace {

// By hand: S = 36 of 9 rising values, variance 9 x 8 x 23 / 18 = 92, z = 35 / 9.59.
TEST(Trend, RisingValuesHaveOneAndItsSlope) {
  const Trend trend = trend_of(std::vector<double>{1, 3, 5, 7, 9, 11, 13, 15, 17});
  EXPECT_NEAR(trend.p, 0.000263, 0.000002);
  EXPECT_DOUBLE_EQ(trend.slope, 2);
}

TEST(Trend, FallingValuesHaveANegativeSlope) {
  const Trend trend = trend_of(std::vector<double>{9, 8, 7, 6, 5, 4, 3, 2});
  EXPECT_LT(trend.p, 0.001);
  EXPECT_DOUBLE_EQ(trend.slope, -1);
}

TEST(Trend, NoneInUpAndDown) {
  EXPECT_GT(trend_of(std::vector<double>{1, 2, 1, 2, 1, 2, 1, 2, 1, 2}).p, 0.5);
}

TEST(Trend, EqualValuesAndFewValuesHaveNone) {
  EXPECT_EQ(trend_of(std::vector<double>(12, 3.0)).p, 1);
  EXPECT_EQ(trend_of(std::vector<double>{1, 2, 3, 4, 5, 6, 7}).p, 1);
  EXPECT_EQ(trend_of({}).p, 1);
}

// S of 1 1 2 2 3 3 4 4 is 24 of 28; four pairs of ties take 4 x 2 x 1 x 9 from the variance.
TEST(Trend, TiesTakeFromTheVariance) {
  const Trend trend = trend_of(std::vector<double>{1, 1, 2, 2, 3, 3, 4, 4});
  EXPECT_NEAR(trend.p, 0.00332, 0.00001);  // z = 23 / sqrt((8 x 7 x 21 - 72) / 18) = 2.937
}

}  // namespace
}  // namespace harness::stats
