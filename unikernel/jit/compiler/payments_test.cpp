#include "compiler/payments.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

#include "compiler/testing/graph.h"

namespace jit {
namespace {

/// What block `b`, without calls, pays.
int64_t payment(const Debts& debts, const std::vector<BlockCost>& costs, BlockId b) {
  return int64_t{debts.at_begin[b]} + costs[b].first - debts.at_end[b];
}

uint32_t below(std::mt19937& random, uint32_t n) { return static_cast<uint32_t>(random() % n); }

/// Two to thirteen blocks, of which the last leads nowhere, and some call.
struct Blocks {
  std::vector<std::vector<BlockId>> successors;
  std::vector<BlockCost> costs;
};
Blocks random_blocks(std::mt19937& random) {
  const uint32_t n = 2 + below(random, 12);
  Blocks blocks = {std::vector<std::vector<BlockId>>(n), std::vector<BlockCost>(n)};
  for (uint32_t b = 0; b + 1 < n; ++b) {
    for (uint32_t k = 0; k < 1 + below(random, 2); ++k) {
      blocks.successors[b].push_back(1 + below(random, n - 1));
    }
  }
  for (BlockCost& c : blocks.costs) {
    c = {below(random, 4) == 0, 1 + below(random, 9), 1 + below(random, 9)};
  }
  return blocks;
}

TEST(Payments, AStraightLinePaysOnceAtItsEnd) {
  Graph graph({{1}, {2}, {}});
  const auto costs = undivided({3, 4, 5});
  const Debts debts = graph.debts(costs);
  EXPECT_EQ(payment(debts, costs, 0), 0);
  EXPECT_EQ(payment(debts, costs, 1), 0);
  EXPECT_EQ(payment(debts, costs, 2), 12);
}

TEST(Payments, ALoopPaysOnceARoundAndMoreOnItsLongerWay) {
  // 0 -> 1 -> (2 or 3) -> 4 -> (1 or 5)
  Graph graph({{1}, {2, 3}, {4}, {4}, {1, 5}, {}});
  const auto costs = undivided({1, 10, 20, 27, 5, 2});
  const Debts debts = graph.debts(costs);
  EXPECT_EQ(payment(debts, costs, 1), 0);
  EXPECT_EQ(payment(debts, costs, 2), 0);
  EXPECT_EQ(payment(debts, costs, 3), 7);
  EXPECT_EQ(payment(debts, costs, 4), 35);
}

TEST(Payments, NothingIsOwedAtACall) {
  Graph graph({{1}, {2}, {}});
  const std::vector<BlockCost> costs = {{false, 3, 0}, {true, 4, 2}, {false, 5, 0}};
  const Debts debts = graph.debts(costs);
  EXPECT_EQ(debts.at_begin[1], 3U);  // and the call pays 7
  EXPECT_EQ(debts.at_end[1], 2U);
  EXPECT_EQ(payment(debts, costs, 2), 7);
}

TEST(Payments, OnlyTheEndOfALoopIsChecked) {
  // 0 -> 1 -> (2 or 3) -> 4 -> (1 or 5)
  Graph graph({{1}, {2, 3}, {4}, {4}, {1, 5}, {}});
  const Debts debts = graph.debts(undivided({1, 10, 20, 26, 5, 2}));
  for (const BlockId b : {0U, 1U, 2U, 3U, 5U}) EXPECT_FALSE(debts.checked[b]) << b;
  EXPECT_TRUE(debts.checked[4]);
}

TEST(Payments, TheReturnOfAFunctionThatIsNotSmallIsCheckedToo) {
  Graph graph({{1, 2}, {}, {}});
  const Debts small = graph.debts(undivided({1, 60, 3}));
  for (const BlockId b : {0U, 1U, 2U}) EXPECT_FALSE(small.checked[b]) << b;
  const Debts large = graph.debts(undivided({1, 60, 4}));
  EXPECT_FALSE(large.checked[0]);
  EXPECT_TRUE(large.checked[1]);
  EXPECT_TRUE(large.checked[2]);
}

TEST(Payments, ALoopWithACallIsCheckedThere) {
  Graph graph({{1}, {1, 2}, {}});
  const Debts debts = graph.debts({{false, 3, 0}, {true, 4, 2}, {false, 5, 0}});
  for (BlockId b = 0; b < 3; ++b) EXPECT_FALSE(debts.checked[b]) << b;
}

TEST(Payments, NothingRunsForEverInAnyGraphWithoutACheckedPayment) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    const Blocks blocks = random_blocks(random);
    const auto& successors = blocks.successors;
    const auto& costs = blocks.costs;
    Graph graph(successors);
    const Debts debts = graph.debts(costs);
    const auto stops = [&](BlockId b) {
      return costs[b].is_divided || (debts.checked[b] && debts.paid(b, costs[b]) > 0);
    };
    std::vector<int> state(successors.size(), 0);  // 1: on the way, 2: done
    const std::function<bool(BlockId)> comes_back = [&](BlockId b) {
      if (stops(b) || state[b] == 2) return false;
      if (state[b] == 1) return true;
      state[b] = 1;
      for (const BlockId to : successors[b]) {
        if (comes_back(to)) return true;
      }
      state[b] = 2;
      return false;
    };
    for (BlockId b = 0; b < successors.size(); ++b) {
      if (graph.flow.reached(b)) ASSERT_FALSE(comes_back(b)) << round;
    }
  }
}

TEST(Payments, OnAnyWayOfAnyGraphWhatIsPaidIsWhatWasRunLessTheDebt) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    const Blocks blocks = random_blocks(random);
    const auto& successors = blocks.successors;
    const auto& costs = blocks.costs;
    Graph graph(successors);
    const Debts debts = graph.debts(costs);
    ASSERT_EQ(debts.at_begin[0], 0U);
    uint64_t run = 0, paid = 0;
    BlockId at = 0;
    for (int step = 0; step < 200; ++step) {
      ASSERT_EQ(run - paid, debts.at_begin[at]);
      const BlockCost& cost = costs[at];
      if (cost.is_divided) {
        paid += debts.at_begin[at] + cost.first;
        run += cost.first;
        ASSERT_EQ(paid, run);
        ASSERT_GE(cost.last, debts.at_end[at]);
        paid += cost.last - debts.at_end[at];
        run += cost.last;
      } else {
        ASSERT_GE(payment(debts, costs, at), 0);
        paid += static_cast<uint64_t>(payment(debts, costs, at));
        run += cost.first;
      }
      ASSERT_EQ(run - paid, debts.at_end[at]);
      if (successors[at].empty()) {
        ASSERT_EQ(paid, run);
        break;
      }
      at = successors[at][below(random, static_cast<uint32_t>(successors[at].size()))];
    }
  }
}

}  // namespace
}  // namespace jit
