#include "adaptive/calls.h"

#include <gtest/gtest.h>

#include <vector>

namespace jit {
namespace {

std::vector<Known> chosen(std::vector<Call> calls, const std::vector<uint32_t>& most) {
  std::vector<Observed> observed(most.size());
  for (size_t k = 0; k < most.size(); ++k) observed[k].most = most[k];
  Known versions[kMaxVersions];
  const uint32_t count =
      choose_versions({calls.data(), static_cast<uint32_t>(calls.size())},
                      {observed.data(), static_cast<uint32_t>(observed.size())}, versions);
  return {versions, versions + count};
}

TEST(ChooseVersions, TakesWhatRepeatsAndLeavesWhatDoesNot) {
  // Slot 0 is always another, slot 1 one of two, slot 2 always the same.
  const std::vector<Call> calls = {{{100, 64, 7}, 10},
                                   {{101, 172, 7}, 50},
                                   {{102, 64, 7}, 10},
                                   {{103, 172, 7}, 50},
                                   {{104, 64, 7}, 10}};
  const std::vector<Known> versions = chosen(calls, {4, 4, 1});
  ASSERT_EQ(versions.size(), 2U);
  ASSERT_EQ(versions[0].count, 2U);
  EXPECT_EQ(versions[0].which[0], 1U);
  EXPECT_EQ(versions[0].values[0], 172U) << "what takes most comes first";
  EXPECT_EQ(versions[0].values[1], 7U);
  EXPECT_EQ(versions[0].ticks, 100U);
  EXPECT_EQ(versions[1].values[0], 64U);
  EXPECT_TRUE(versions[1].fit(calls[4].values));
  EXPECT_FALSE(versions[1].fit(calls[3].values));
}

TEST(ChooseVersions, WhatRepeatsNeverIsNone) {
  EXPECT_TRUE(chosen({{{1}, 5}, {{2}, 5}, {{3}, 5}, {{4}, 5}}, {4}).empty())
      << "four calls, four values";
  EXPECT_TRUE(chosen({{{1}, 5}, {{2}, 5}, {{1}, 5}}, {1}).empty()) << "more than it may have";
  EXPECT_TRUE(chosen({{{1}, 5}, {{1}, 5}}, {}).empty());
}

TEST(ChooseVersions, KeepsThoseThatTakeMost) {
  std::vector<Call> calls;
  for (uint32_t k = 0; k < 9; ++k) {
    for (int twice = 0; twice < 2; ++twice) calls.push_back({{k % 3, k / 3}, 100 + k});
  }
  const std::vector<Known> versions = chosen(calls, {4, 4});
  ASSERT_EQ(versions.size(), kMaxVersions);
  for (uint32_t k = 0; k < kMaxVersions; ++k) EXPECT_EQ(versions[k].ticks, 2 * (108 - k));
}

TEST(ChooseVersions, LeavesWhatTakesLessThanATwentieth) {
  const std::vector<Call> calls = {{{1}, 1000}, {{1}, 1000}, {{2}, 50}, {{2}, 50}};
  ASSERT_EQ(chosen(calls, {4}).size(), 1U);
}

}  // namespace
}  // namespace jit
