#include "stats/unseen_levels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace harness::stats {
namespace {

// By hand: (1/13) (12/13)^12, (2/14)^2 (12/14)^12, 1/2 1/2.
TEST(UnseenLevels, TheChanceIsThatOfTheWorstShare) {
  EXPECT_NEAR(chance_of_unseen_level(12, 1), 0.02944, 1e-5);
  EXPECT_NEAR(chance_of_unseen_level(12, 2), 0.00321, 1e-5);
  EXPECT_NEAR(chance_of_unseen_level(1, 1), 0.25, 1e-12);
  EXPECT_EQ(chance_of_unseen_level(0, 3), 1);
  EXPECT_EQ(chance_of_unseen_level(3, 0), 1);
}

TEST(UnseenLevels, NoShareIsMoreLikelyThanTheChance) {
  for (const auto& [before, newest] : {std::pair{3, 1}, {12, 1}, {12, 3}, {30, 2}}) {
    for (int i = 1; i < 1000; ++i) {
      const double share = i / 1000.0;
      EXPECT_LE(std::pow(share, newest) * std::pow(1 - share, before),
                chance_of_unseen_level(static_cast<std::size_t>(before),
                                       static_cast<std::size_t>(newest)) *
                    (1 + 1e-9));
    }
  }
}

TEST(UnseenLevels, SaysHowManyRunsWouldDo) {
  EXPECT_EQ(newest_wanted(12, 1, 0.01), 2U);
  EXPECT_EQ(newest_wanted(5, 1, 0.01), 3U);
  EXPECT_EQ(newest_wanted(5, 4, 0.01), 4U);
  EXPECT_EQ(newest_wanted(1000, 1, 0.01), 1U);
  EXPECT_EQ(newest_wanted(12, 1, 0), kMostWanted);
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
