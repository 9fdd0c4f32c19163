#include "compiler/payments.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace jit {
namespace {

/// A body of blocks that are nothing but their ends: a return, or a branch to one or two others.
struct Graph {
  explicit Graph(const std::vector<std::vector<BlockId>>& successors)
      : memory(1 << 20), arena(memory.data(), static_cast<uint32_t>(memory.size())) {
    for (const std::vector<BlockId>& to : successors) {
      Instruction last;
      last.first = static_cast<uint32_t>(operands.size());
      last.op = to.empty()       ? Opcode::return_value
                : to.size() == 1 ? Opcode::branch
                                 : Opcode::branch_if;
      if (to.size() == 2) operands.push_back(0);  // the condition
      operands.insert(operands.end(), to.begin(), to.end());
      last.count = static_cast<uint32_t>(operands.size()) - last.first;
      blocks.push_back({static_cast<uint32_t>(instructions.size()), 1});
      instructions.push_back(last);
    }
    body.blocks = {blocks.data(), static_cast<uint32_t>(blocks.size())};
    body.instructions = {instructions.data(), static_cast<uint32_t>(instructions.size())};
    body.operands = {operands.data(), static_cast<uint32_t>(operands.size())};
    EXPECT_EQ(find_flow(body, arena, flow), FlowResult::sound);
  }

  Debts debts(const std::vector<BlockCost>& costs) {
    Debts all;
    EXPECT_TRUE(
        find_debts(body, flow, {costs.data(), static_cast<uint32_t>(costs.size())}, arena, all));
    return all;
  }

  std::vector<char> memory;
  Arena arena;
  std::vector<Block> blocks;
  std::vector<Instruction> instructions;
  std::vector<uint32_t> operands;
  Body body;
  Flow flow;
};

std::vector<BlockCost> undivided(const std::vector<uint32_t>& costs) {
  std::vector<BlockCost> all;
  for (const uint32_t c : costs) all.push_back({false, c, 0});
  return all;
}

/// What block `b`, without calls, pays.
int64_t payment(const Debts& debts, const std::vector<BlockCost>& costs, BlockId b) {
  return int64_t{debts.at_begin[b]} + costs[b].first - debts.at_end[b];
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

TEST(Payments, OnAnyWayOfAnyGraphWhatIsPaidIsWhatWasRunLessTheDebt) {
  std::mt19937 random(1);
  const auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  for (int round = 0; round < 2000; ++round) {
    const uint32_t n = 2 + below(12);
    std::vector<std::vector<BlockId>> successors(n);
    for (uint32_t b = 0; b + 1 < n; ++b) {
      for (uint32_t k = 0; k < 1 + below(2); ++k) successors[b].push_back(1 + below(n - 1));
    }
    std::vector<BlockCost> costs(n);
    for (BlockCost& c : costs) c = {below(4) == 0, 1 + below(9), 1 + below(9)};
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
      at = successors[at][below(static_cast<uint32_t>(successors[at].size()))];
    }
  }
}

}  // namespace
}  // namespace jit
