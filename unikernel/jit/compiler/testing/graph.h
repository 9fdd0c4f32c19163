// Bodies that are nothing but the graph of their blocks, for tests.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "compiler/payments.h"

namespace jit {

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

  /// So many instructions instead of one; the last stays.
  void grow(BlockId b, uint32_t count) {
    const Instruction last = instructions[blocks[b].first + blocks[b].count - 1];
    blocks[b] = {static_cast<uint32_t>(instructions.size()), count};
    instructions.resize(instructions.size() + count);
    instructions.back() = last;
    body.instructions = {instructions.data(), static_cast<uint32_t>(instructions.size())};
  }

  std::vector<char> memory;
  Arena arena;
  std::vector<Block> blocks;
  std::vector<Instruction> instructions;
  std::vector<uint32_t> operands;
  Body body;
  Flow flow;
};

inline std::vector<BlockCost> undivided(const std::vector<uint32_t>& costs) {
  std::vector<BlockCost> all;
  for (const uint32_t c : costs) all.push_back({false, c, 0});
  return all;
}

}  // namespace jit
