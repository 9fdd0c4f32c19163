#include "profile/profile.h"

#include <gtest/gtest.h>

#include "profile/sample_profile.h"

namespace harness::profile {
namespace {

const FunctionTotals& totals_of(const CountedProfile& profile, std::uint32_t function) {
  for (const FunctionTotals& one : profile.functions) {
    if (one.function == function) return one;
  }
  throw std::out_of_range("not in the profile");
}

TEST(Profile, TotalIsWhatRanWhileAFunctionWasActiveCountedOnce) {
  const CountedProfile profile = sample_profile();
  EXPECT_EQ(totals_of(profile, 0).total, 600u);
  EXPECT_EQ(totals_of(profile, 1).total, 300u + 90 + 50 + 20) << "f inside f counts once";
  EXPECT_EQ(totals_of(profile, 2).total, 150u);
  EXPECT_EQ(totals_of(profile, 1).self, 350u);
}

TEST(Profile, OutermostCallsAreThoseFromOutside) {
  const CountedProfile profile = sample_profile();
  EXPECT_EQ(totals_of(profile, 1).calls, 3u);
  EXPECT_EQ(totals_of(profile, 1).outermost, 2u);
  EXPECT_EQ(totals_of(profile, 2).outermost, 6u);
}

TEST(Profile, FunctionsAreSortedByTheirOwnInstructions) {
  const CountedProfile profile = sample_profile();
  ASSERT_EQ(profile.functions.size(), 4u);
  for (std::size_t i = 1; i < profile.functions.size(); ++i) {
    EXPECT_GE(profile.functions[i - 1].self, profile.functions[i].self);
  }
}

TEST(Profile, EdgesSumOverContextsAndCountNestedPairsOnce) {
  const CountedProfile profile = sample_profile();
  const auto edge = [&](std::uint32_t caller, std::uint32_t callee) {
    for (const Edge& one : profile.edges) {
      if (one.caller == caller && one.callee == callee) return one;
    }
    return Edge{};
  };
  EXPECT_EQ(edge(0, 1).calls, 2u);
  EXPECT_EQ(edge(0, 1).total, 460u);
  EXPECT_EQ(edge(1, 2).calls, 5u);
  EXPECT_EQ(edge(1, 2).total, 110u);
  EXPECT_EQ(edge(1, 1).total, 70u);
}

TEST(Profile, OneInstructionThatIsLostAnywhereIsFound) {
  EXPECT_EQ(disagreement(sample_profile()), std::nullopt);
  const auto with = [](auto change) {
    Counts counts = sample_counts();
    change(counts);
    return disagreement(make_profile(sample_code(), counts));
  };
  EXPECT_NE(with([](Counts& c) { ++c.total; }), std::nullopt);
  EXPECT_NE(with([](Counts& c) { --c.functions[2]; }), std::nullopt);
  EXPECT_NE(with([](Counts& c) { ++c.contexts[4].self; }), std::nullopt);
  EXPECT_NE(with([](Counts& c) { ++c.blocks[3].count; }), std::nullopt);
  EXPECT_EQ(with([](Counts& c) {
              c.blocks.pop_back();
              c.blocks_left_out = 1;
            }),
            std::nullopt)
      << "blocks that found no room are said to be missing";
}

}  // namespace
}  // namespace harness::profile
