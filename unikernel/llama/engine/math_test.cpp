// The error bounds that math.h states, against long double.
#include "engine/math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/lanes.h"

namespace llama {
namespace {

float exp2_of(float x) {
  alignas(16) float out[4];
  Sse2Lanes::store(out, exp2<Sse2Lanes>(Sse2Lanes::all(x)));
  return out[0];
}

/// Distance in units in the last place of the exact value.
double ulps(float value, long double exact) {
  int exponent = 0;
  std::frexp(static_cast<double>(exact), &exponent);
  return static_cast<double>(std::fabs(value - exact) / std::ldexp(1.0L, exponent - 24));
}

TEST(Math, Exp2IsWithinFourUlp) {
  double worst = 0;
  for (double x = -126; x <= 127; x += 1.0 / 3000) {
    const auto at = static_cast<float>(x);
    worst = std::max(worst, ulps(exp2_of(at), std::exp2(static_cast<long double>(at))));
  }
  RecordProperty("worst_ulp", std::to_string(worst));
  EXPECT_LT(worst, 4);
  EXPECT_GT(worst, 0.5) << "better than rounding allows: this test sees nothing";
}

TEST(Math, Exp2OfWholeNumbersIsExact) {
  for (int n = -126; n <= 127; ++n) {
    EXPECT_EQ(exp2_of(static_cast<float>(n)), std::ldexp(1.0F, n));
  }
}

TEST(Math, Exp2BelowItsRangeStaysAtTheSmallestNormal) {
  EXPECT_EQ(exp2_of(-1000.0F), 0x1p-126F);
  EXPECT_EQ(exp2_of(-INFINITY), 0x1p-126F);
}

TEST(Math, ExponentialIsWithinItsBound) {
  for (double x = -87; x <= 87; x += 1.0 / 700) {
    const auto at = static_cast<float>(x);
    const double error = ulps(exponential<Sse2Lanes>(at), std::exp(static_cast<long double>(at)));
    ASSERT_LT(error, 4 + 1.5 * std::fabs(x)) << x;
    ASSERT_EQ(exponential<ScalarLanes>(at), exponential<Sse2Lanes>(at));
  }
}

TEST(Math, SineAndCosineAreWithinOneUlpOfOne) {
  double worst = 0;
  for (int i = -40000; i <= 40000; ++i) {
    const double x = i * 2.4999;  // up to 100,000
    const SineCosine at = sine_cosine(x);
    worst = std::max({worst, std::fabs(static_cast<double>(at.sine - std::sin((long double)x))),
                      std::fabs(static_cast<double>(at.cosine - std::cos((long double)x)))});
  }
  EXPECT_LT(worst, 0x1p-24);
  EXPECT_EQ(sine_cosine(0).sine, 0.0F);
  EXPECT_EQ(sine_cosine(0).cosine, 1.0F);
}

TEST(Math, PowerOfEIsWithinOnePartInTenToTheThirteen) {
  for (int i = -7000; i <= 7000; ++i) {
    const double x = i / 10.0;
    const long double exact = std::exp(static_cast<long double>(x));
    ASSERT_LT(std::fabs(static_cast<double>(power_of_e(x) / exact - 1)), 1e-13) << x;
  }
}

TEST(Math, SquareRootIsTheRoundedOne) {
  for (int i = 0; i < 100000; ++i) {
    const float x = static_cast<float>(i) * 0.37F;
    ASSERT_EQ(square_root(x), static_cast<float>(std::sqrt(static_cast<double>(x))));
  }
}

}  // namespace
}  // namespace llama
