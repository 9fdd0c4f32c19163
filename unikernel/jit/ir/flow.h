// The graph of a body's blocks: who comes from where, and who dominates whom.
#pragma once

#include "ir/ir.h"

namespace jit {

/// Targets of a terminator: which of its operands are blocks. They begin at `first` and lie `step`
/// apart.
struct Successors {
  uint32_t first = 0;
  uint32_t count = 0;
  uint32_t step = 1;
};
Successors successors_of(const Instruction& terminator);

/// Arrays by block, in an arena. Blocks that cannot be reached have the order kNone.
struct Flow {
  uint32_t* first_predecessor = nullptr;  // in predecessors; one more at the end
  BlockId* predecessors = nullptr;        // one for each edge
  uint32_t* order = nullptr;              // a reverse postorder from the entry
  BlockId* dominator = nullptr;           // the immediate one; the entry's is itself
  uint32_t* enter = nullptr;              // of the tree of dominators: when a walk comes in,
  uint32_t* leave = nullptr;              // and when it has left

  [[nodiscard]] uint32_t predecessor_count(BlockId block) const {
    return first_predecessor[block + 1] - first_predecessor[block];
  }
  [[nodiscard]] bool reached(BlockId block) const { return order[block] != kNone; }
  /// Both can be reached.
  [[nodiscard]] bool dominates(BlockId a, BlockId b) const {
    return enter[a] <= enter[b] && leave[b] <= leave[a];
  }
};

enum class FlowResult : uint8_t { sound, out_of_memory, too_intricate };

/// Of a body whose blocks and successors are in range.
FlowResult find_flow(const Body& body, Arena& scratch, Flow& flow);

}  // namespace jit
