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
inline Successors successors_of(const Instruction& terminator) {
  switch (terminator.op) {
    case Opcode::branch:
      return {0, 1, 1};
    case Opcode::branch_if:
      return {1, 2, 1};
    case Opcode::switch_on:
    case Opcode::branch_address:
      return {1, terminator.count / 2, 2};
    default:
      return {};
  }
}

/// Calls f(BlockId) for each edge out of `block`, one after the other; a block that several cases
/// of a switch lead to is called once for each.
template <class F>
void for_each_successor(const Body& body, BlockId block, F f) {
  const Block& b = body.blocks[block];
  const Instruction& last = body.instructions[b.first + b.count - 1];
  const Successors all = successors_of(last);
  const uint32_t* to = body.operands.data + last.first + all.first;
  for (uint32_t i = 0; i < all.count; ++i, to += all.step) f(*to);
}

/// Arrays by block, in an arena. Blocks that cannot be reached have the order kNone.
struct Flow {
  uint32_t* first_successor = nullptr;    // in successors; one more at the end
  BlockId* successors = nullptr;          // one for each edge, in the terminators' order
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

/// Which blocks can be reached from the entry, of a body as find_flow() takes it. What stands in
/// the others may be defined by itself. false: no memory.
[[nodiscard]] bool find_reached(const Body& body, Arena& arena, Span<bool>& reached);

}  // namespace jit
