#include "stats/change_points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace harness::stats {
namespace {

/// Normal noise of 1 % around `level`, with an outlier of 3 times the level now and then: what host
/// times look like. The engine is the same everywhere; the distribution is made here, as the
/// library's may differ.
std::vector<double> noise(std::size_t size, std::uint64_t seed, double level = 1000) {
  std::mt19937_64 engine(seed);
  const auto uniform = [&] { return (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53; };
  std::vector<double> values;
  for (std::size_t i = 0; i < size; ++i) {
    const double normal = std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307 * uniform());
    values.push_back(level * (1 + 0.01 * normal) * (uniform() < 0.02 ? 3 : 1));
  }
  return values;
}

std::vector<std::size_t> places(const std::vector<ChangePoint>& steps) {
  std::vector<std::size_t> all;
  for (const ChangePoint& step : steps) all.push_back(step.at);
  return all;
}

TEST(ExactChangePoints, EveryChangeIsAStep) {
  const std::vector<double> values = {5, 5, 6, 6, 5, 5};
  const auto steps = exact_change_points(values);
  EXPECT_EQ(places(steps), (std::vector<std::size_t>{2, 4}));
  EXPECT_EQ(steps[0].before, 5);
  EXPECT_EQ(steps[0].after, 6);
  EXPECT_TRUE(exact_change_points(std::vector<double>(100, 7)).empty());
  EXPECT_TRUE(exact_change_points({}).empty());
}

TEST(NoisyChangePoints, StationaryNoiseAlarmsNoMoreOftenThanStated) {
  // 5 % here, so that 200 series can tell: a rate of 5 % gives more than 20 with probability 0.1 %.
  ChangePointRules rules;
  rules.alpha = 0.05;
  rules.permutations = 199;
  std::size_t alarms = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    rules.seed = seed;
    alarms += noisy_change_points(noise(40, seed), rules).empty() ? 0 : 1;
  }
  EXPECT_LE(alarms, 20u);
  EXPECT_GE(alarms, 1u);  // a test that never alarms has no power either
}

TEST(NoisyChangePoints, FivePercentIsFoundAtItsPlace) {
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    std::vector<double> values = noise(40, seed);
    for (std::size_t i = 25; i < values.size(); ++i) values[i] *= 1.05;
    const auto steps = noisy_change_points(values);
    found += steps.size() == 1 && steps[0].at == 25 ? 1 : 0;
    if (steps.size() == 1) {
      EXPECT_NEAR(steps[0].after / steps[0].before, 1.05, 0.01);
      EXPECT_LE(steps[0].p, 0.01);
    }
  }
  EXPECT_GE(found, 18u);
}

TEST(NoisyChangePoints, PlateauHasTwoSteps) {
  std::vector<double> values = noise(60, 5);
  for (std::size_t i = 20; i < 35; ++i) values[i] *= 1.08;
  EXPECT_EQ(places(noisy_change_points(values)), (std::vector<std::size_t>{20, 35}));
}

TEST(NoisyChangePoints, OutlierIsNoStep) {
  std::vector<double> values = noise(40, 7);
  values[20] *= 100;
  values[39] *= 100;
  EXPECT_TRUE(noisy_change_points(values).empty());
}

TEST(NoisyChangePoints, SameSeriesSameSteps) {
  std::vector<double> values = noise(50, 3);
  for (std::size_t i = 30; i < values.size(); ++i) values[i] *= 0.97;
  const auto once = noisy_change_points(values), again = noisy_change_points(values);
  ASSERT_EQ(places(once), places(again));
  ASSERT_FALSE(once.empty());
  EXPECT_EQ(once[0].p, again[0].p);
}

TEST(NoisyChangePoints, ShortAndFlatSeriesHaveNone) {
  EXPECT_TRUE(noisy_change_points({}).empty());
  EXPECT_TRUE(noisy_change_points(std::vector<double>{1}).empty());
  EXPECT_TRUE(noisy_change_points(std::vector<double>{1, 1, 9, 9, 9}).empty());
  EXPECT_TRUE(noisy_change_points(std::vector<double>(100, 4)).empty());
}

TEST(NoisyChangePoints, OfALongSeriesTheEndIsLookedAt) {
  std::vector<double> values(kMaxSeriesLength + 500, 10);
  for (std::size_t i = 0; i < 100; ++i) values[i] = 20;  // beyond reach
  for (std::size_t i = values.size() - 50; i < values.size(); ++i) values[i] = 30;
  ChangePointRules rules;
  rules.permutations = 99;
  rules.alpha = 0.05;
  EXPECT_EQ(places(noisy_change_points(values, rules)),
            (std::vector<std::size_t>{values.size() - 50}));
}

}  // namespace
}  // namespace harness::stats
