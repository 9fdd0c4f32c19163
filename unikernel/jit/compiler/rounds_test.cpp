#include "compiler/rounds.h"

#include <gtest/gtest.h>

#include "compiler/testing/graph.h"

namespace jit {
namespace {

/// find_rounds() with what order_blocks() would say of the graph.
struct Loops {
  Graph graph;
  std::vector<uint32_t> depth;
  std::vector<BlockCost> costs;
  Rounds at(BlockId head, uint32_t room = 100) {
    const auto n = static_cast<uint32_t>(depth.size());
    const Debts debts = graph.debts(costs);
    std::vector<uint8_t> heads(n);
    for (BlockId b = 0; b < n; ++b) {
      for_each_successor(graph.body, b, [&](BlockId to) { heads[to] |= to <= b ? 1 : 0; });
    }
    static_assert(sizeof(bool) == 1);
    return find_rounds(graph.body, graph.flow, {depth.data(), n},
                       {reinterpret_cast<const bool*>(heads.data()), n}, {costs.data(), n}, debts,
                       head, room);
  }
};

TEST(Rounds, ASmallLoopStandsEightTimes) {
  Loops loops{Graph({{1}, {1, 2}, {}}), {0, 1, 0}, undivided({1, 4, 1})};
  const Rounds found = loops.at(1);
  EXPECT_EQ(found.begin, 1U);
  EXPECT_EQ(found.end, 2U);
  EXPECT_EQ(found.count, 8U);
  EXPECT_EQ(found.cost, 4U);
}

TEST(Rounds, OfSeveralEndsTheCheapestIsWhatEachPays) {
  // 1 -> (2 or 3), 2 and 3 -> (1 or 4)
  Loops loops{
      Graph({{1}, {2, 3}, {1, 4}, {1, 4}, {}}), {0, 1, 1, 1, 0}, undivided({1, 1, 4, 9, 1})};
  const Rounds found = loops.at(1);
  EXPECT_EQ(found.end, 4U);
  EXPECT_EQ(found.cost, 5U);
}

TEST(Rounds, WhereOneEndLeadsToAnotherItStandsOnce) {
  // 1 -> (1 or 2), 2 -> (1 or 3): who goes from 1 to 2 has paid for no round.
  Loops loops{Graph({{1}, {1, 2}, {1, 3}, {}}), {0, 1, 1, 0}, undivided({1, 4, 9, 1})};
  EXPECT_EQ(loops.at(1).count, 1U);
}

TEST(Rounds, NoMoreIsAddedThanThereIsRoomFor) {
  Loops loops{Graph({{1}, {1, 2}, {}}), {0, 1, 0}, undivided({1, 4, 1})};
  loops.graph.grow(1, 8);
  EXPECT_EQ(loops.at(1).count, 5U);
  EXPECT_EQ(loops.at(1, 17).count, 3U);
  EXPECT_EQ(loops.at(1, 7).count, 1U);
}

TEST(Rounds, ALargerLoopStandsLessOften) {
  Loops loops{Graph({{1}, {1, 2}, {}}), {0, 1, 0}, undivided({1, 4, 1})};
  loops.graph.grow(1, 12);
  EXPECT_EQ(loops.at(1).count, 3U);
  loops.graph.grow(1, 33);
  EXPECT_EQ(loops.at(1).count, 1U);
}

TEST(Rounds, ALoopRoundAnotherOneStandsOnce) {
  Loops loops{Graph({{1}, {2}, {2, 3}, {1, 4}, {}}), {0, 1, 2, 1, 0}, undivided({1, 1, 4, 1, 1})};
  EXPECT_EQ(loops.at(1).count, 1U);
  EXPECT_EQ(loops.at(2).count, 8U);
}

TEST(Rounds, ALoopBehindAnotherOneDoesNoHarm) {
  Loops loops{Graph({{1}, {1, 2}, {2, 3}, {}}), {0, 1, 1, 0}, undivided({1, 4, 4, 1})};
  EXPECT_EQ(loops.at(1).count, 8U);
  EXPECT_EQ(loops.at(1).end, 2U);
  EXPECT_EQ(loops.at(2).count, 8U);
}

TEST(Rounds, WhatMustNotStandTwiceStandsOnce) {
  Loops loops{Graph({{1}, {2}, {1, 3}, {}}), {0, 1, 1, 0}, undivided({1, 4, 4, 1})};
  EXPECT_EQ(loops.at(1).count, 8U);
  loops.costs[2].is_plain = false;
  EXPECT_EQ(loops.at(1).count, 1U);
}

TEST(Rounds, ALoopThatIsEnteredElsewhereStandsOnce) {
  // 0 -> (1 or 2), 1 -> 2, 2 -> (1 or 3): by 2 as well.
  Loops loops{Graph({{1, 2}, {2}, {1, 3}, {}}), {0, 0, 0, 0}, undivided({1, 4, 4, 1})};
  EXPECT_EQ(loops.at(1).count, 1U);
}

}  // namespace
}  // namespace jit
