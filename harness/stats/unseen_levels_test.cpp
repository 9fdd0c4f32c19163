#include "stats/unseen_levels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace harness::stats {
namespace {

// By hand: (1/13) (12/13)^12, (2/14)^2 (12/14)^12, 1/2 1/2.
TEST(UnseenLevels, TheChanceIsThatOfTheWorstShare) {
  EXPECT_NEAR(chance_of_unseen_level({.before = 12, .newest = 1}), 0.02944, 1e-5);
  EXPECT_NEAR(chance_of_unseen_level({.before = 12, .newest = 2}), 0.00321, 1e-5);
  EXPECT_NEAR(chance_of_unseen_level({.before = 1, .newest = 1}), 0.25, 1e-12);
  EXPECT_EQ(chance_of_unseen_level({.before = 0, .newest = 3}), 1);
  EXPECT_EQ(chance_of_unseen_level({.before = 3, .newest = 0}), 1);
  EXPECT_EQ(chance_of_unseen_level({.before = 3, .shown = 3, .newest = 9}), 1);
}

/// q^k times the chance of at most `shown` in `before`.
double by_definition(const Witnesses& seen, double share) {
  double sum = 0;
  for (std::size_t j = 0; j <= seen.shown; ++j) {
    const auto n = static_cast<double>(seen.before), i = static_cast<double>(j);
    const double ways = std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1));
    sum += ways * std::pow(share, i) * std::pow(1 - share, n - i);
  }
  return sum * std::pow(share, static_cast<double>(seen.newest));
}

TEST(UnseenLevels, NoShareIsMoreLikelyThanTheChance) {
  for (const Witnesses& seen :
       {Witnesses{3, 0, 1}, {12, 0, 1}, {12, 0, 3}, {30, 0, 2}, {18, 1, 3}, {30, 5, 4}}) {
    double most = 0;
    for (int i = 1; i < 1000; ++i) most = std::max(most, by_definition(seen, i / 1000.0));
    const double chance = chance_of_unseen_level(seen);
    EXPECT_GE(chance, most * 0.999) << seen.before << ' ' << seen.shown;
    EXPECT_LE(chance, most * 1.01) << seen.before << ' ' << seen.shown;
  }
}

TEST(UnseenLevels, SaysHowManyRunsWouldDo) {
  EXPECT_EQ(newest_wanted({.before = 12, .newest = 1}, 0.01), 2U);
  EXPECT_EQ(newest_wanted({.before = 12, .shown = 1, .newest = 1}, 0.01), 3U);
  EXPECT_EQ(newest_wanted({.before = 5, .newest = 1}, 0.01), 3U);
  EXPECT_EQ(newest_wanted({.before = 5, .newest = 4}, 0.01), 4U);
  EXPECT_EQ(newest_wanted({.before = 1000, .newest = 1}, 0.01), 1U);
  EXPECT_EQ(newest_wanted({.before = 12, .newest = 1}, 0), kMostWanted);
  EXPECT_EQ(newest_wanted({}, 0.01), kMostWanted);
}

TEST(Occasions, WithoutTimesEachRunIsOne) {
  EXPECT_EQ(Occasions({}).count(2, 9, 12), 7U);
  EXPECT_EQ(Occasions({}).count(3, 3), 0U);
}

TEST(Occasions, RunsOfSixHoursAreOne) {
  const std::vector<double> begun = {0, 60, 120, 21600, 21660, 43200, 43230};
  const Occasions occasions(begun);
  EXPECT_EQ(occasions.count(0, 7), 3U) << "43230, 21600, 0";
  EXPECT_EQ(occasions.count(0, 6), 3U) << "43200, 21600, 0";
  EXPECT_EQ(occasions.count(0, 3, 4), 1U) << "0 is six hours before 21600";
  EXPECT_EQ(occasions.count(1, 3, 4), 0U) << "none of them is";
}

// A host that keeps its level over the turn of a day is not counted twice, in whatever order the
// runs are named.
TEST(Occasions, OfFilesOutOfOrderTheyAreStillApart) {
  const std::vector<double> begun = {43200, 0, 43260, 60, 21590, 21610};
  EXPECT_EQ(Occasions(begun).count(0, 6), 3U) << "21610, 43260, 0";
}

}  // namespace
}  // namespace harness::stats
