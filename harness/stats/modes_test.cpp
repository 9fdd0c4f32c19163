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

// Else a step that has lasted for two runs would be a mode, and the third a pass.
TEST(Modes, WhatOnlyTheNewestShowIsNone) {
  EXPECT_EQ(counts({1, 1.01, 0.99, 1, 1.01, 2, 2.01}), Counts{5});
  EXPECT_TRUE(modes_of(std::vector<double>{1, 1.01, 0.99, 1, 1.01, 2}).strays.empty());
  EXPECT_EQ(counts({2, 2.01, 1, 1.01, 0.99, 1, 2}), (Counts{4, 3}));
}

TEST(Modes, FewValuesAreOne) { EXPECT_EQ(counts({1, 2, 1, 2, 1}), Counts{5}); }

}  // namespace
}  // namespace harness::stats
