#include "stats/modes.h"

#include <gtest/gtest.h>

#include <vector>

namespace harness::stats {
namespace {

std::vector<std::size_t> counts(const std::vector<double>& logs) {
  std::vector<std::size_t> all;
  for (const Mode& mode : modes_of(logs).modes) all.push_back(mode.count);
  return all;
}
using Counts = std::vector<std::size_t>;

TEST(Modes, OneWhereThereIsNoGap) {
  EXPECT_EQ(counts({1.00, 1.02, 0.99, 1.01, 1.03, 1.00, 0.98}), Counts{7});
  EXPECT_EQ(counts({2, 2, 2, 2, 2, 2}), Counts{6});
  EXPECT_EQ(counts({5}), Counts{1});
}

TEST(Modes, TwoThatAlternate) {
  const auto modes = modes_of(std::vector<double>{1.0, 2.0, 1.01, 2.02, 0.99, 1.98, 1.0}).modes;
  ASSERT_EQ(modes.size(), 2U);
  EXPECT_EQ(modes[0].count, 4U);
  EXPECT_DOUBLE_EQ(modes[0].low, 0.99);
  EXPECT_DOUBLE_EQ(modes[0].high, 1.01);
  EXPECT_DOUBLE_EQ(modes[0].mean, 1.0);
  EXPECT_NEAR(modes[0].squares, 0.0002, 1e-12);
  EXPECT_EQ(modes[1].count, 3U);
}

TEST(Modes, Three) {
  EXPECT_EQ(counts({1, 2, 3, 3.01, 2.01, 1.01, 1, 2, 3, 1, 2, 3}), (Counts{4, 4, 4}));
}

TEST(Modes, AStrayIsNone) { EXPECT_EQ(counts({1, 1.01, 9, 0.99, 1, 1.01, 0.99, 1}), Counts{7}); }

TEST(Modes, TwoValuesAreStraysHoweverFewTheOthers) {
  EXPECT_EQ(counts({1, 2, 1, 1, 1.01, 2, 1}), Counts{5});
}

TEST(Modes, GroupsThatFollowEachOtherPart) {
  const auto parting = [](const std::vector<double>& logs) { return parting_of(logs); };
  EXPECT_EQ(parting({1, 1.01, 0.99, 2, 2.01, 2}), 3U);
  EXPECT_EQ(parting({2, 1, 1.01, 0.99, 1, 1.01}), 1U);
  EXPECT_EQ(parting({1, 1.01, 0.99, 1, 1.01, 2}), 5U);
  EXPECT_EQ(parting({1, 2, 1, 2, 1, 2, 3}), 6U);
  EXPECT_EQ(parting({1, 2, 1, 2, 1, 2}), 0U) << "they alternate";
  EXPECT_EQ(parting({1, 1, 2, 1, 1, 1}), 0U) << "a stray among them";
  EXPECT_EQ(parting({1, 1, 1, 1, 1, 1}), 0U);
  EXPECT_EQ(parting({1, 2}), 0U) << "too few to tell";
}

TEST(Modes, HalvesAreWhereTheyDifferMost) {
  const Halves halves = halves_of(std::vector<double>{4, 1, 1.5, 4.5, 1, 3.5});
  EXPECT_EQ(halves.at, 3.5);
  EXPECT_NEAR(halves.apart, 4 - 3.5 / 3, 1e-12);
  EXPECT_EQ(halves_of(std::vector<double>{2, 2, 2}).apart, 0);
}

TEST(Modes, FewValuesAreOne) { EXPECT_EQ(counts({1, 2, 1, 2, 1}), Counts{5}); }

}  // namespace
}  // namespace harness::stats
