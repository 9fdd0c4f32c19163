#include "ir/flow.h"

namespace jit {

namespace {

/// Steps of the search for dominators: far more than any program takes, few enough to end.
constexpr uint32_t kMaxSteps = 1U << 25;

const Instruction& terminator_of(const Body& body, BlockId block) {
  const Block& ended = body.blocks[block];
  return body.instructions[ended.first + ended.count - 1];
}

BlockId successor(const Body& body, const Instruction& from, const Successors& all, uint32_t i) {
  return body.operands[from.first + all.first + i * all.step];
}

/// Fills predecessors from the terminators: counted, summed up, put in place.
bool find_predecessors(const Body& body, Arena& scratch, Flow& flow) {
  const uint32_t blocks = body.blocks.size;
  flow.first_predecessor = scratch.make<uint32_t>(blocks + 1);
  if (flow.first_predecessor == nullptr) return false;
  uint32_t* const first = flow.first_predecessor;
  for (uint32_t i = 0; i <= blocks; ++i) first[i] = 0;
  uint32_t edges = 0;
  for (BlockId block = 0; block < blocks; ++block) {
    const Instruction& from = terminator_of(body, block);
    const Successors all = successors_of(from);
    for (uint32_t i = 0; i < all.count; ++i) ++first[successor(body, from, all, i)];
    edges += all.count;
  }
  flow.predecessors = scratch.make<BlockId>(edges);
  if (flow.predecessors == nullptr) return false;
  for (uint32_t i = 1; i <= blocks; ++i) first[i] += first[i - 1];  // where each one's end
  for (BlockId block = blocks; block-- > 0;) {
    const Instruction& from = terminator_of(body, block);
    const Successors all = successors_of(from);
    for (uint32_t i = 0; i < all.count; ++i) {
      flow.predecessors[--first[successor(body, from, all, i)]] = block;
    }
  }
  return true;
}

/// To `sequence`, in reverse postorder; how many can be reached. `stack` and `next` are room for
/// one number a block.
uint32_t find_order(const Body& body, Flow& flow, BlockId* sequence, BlockId* stack,
                    uint32_t* next) {
  const uint32_t blocks = body.blocks.size;
  for (BlockId block = 0; block < blocks; ++block) flow.order[block] = kNone;
  uint32_t depth = 1;
  uint32_t free = blocks;  // sequence is filled from its end
  stack[0] = 0;
  next[0] = 0;
  flow.order[0] = 0;
  while (depth != 0) {
    const BlockId block = stack[depth - 1];
    const Instruction& from = terminator_of(body, block);
    const Successors all = successors_of(from);
    if (next[depth - 1] == all.count) {
      sequence[--free] = block;
      --depth;
      continue;
    }
    const BlockId to = successor(body, from, all, next[depth - 1]++);
    if (flow.order[to] != kNone) continue;
    flow.order[to] = 0;
    stack[depth] = to;
    next[depth++] = 0;
  }
  const uint32_t reached = blocks - free;
  for (uint32_t i = 0; i < reached; ++i) {
    sequence[i] = sequence[free + i];
    flow.order[sequence[i]] = i;
  }
  return reached;
}

/// Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm" (2001). false: it takes too long.
bool find_dominators(Flow& flow, const BlockId* sequence, uint32_t reached) {
  uint32_t steps = 0;
  flow.dominator[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 1; i < reached; ++i) {
      const BlockId block = sequence[i];
      BlockId found = kNone;
      for (uint32_t j = flow.first_predecessor[block]; j < flow.first_predecessor[block + 1]; ++j) {
        BlockId other = flow.predecessors[j];
        if (!flow.reached(other) || flow.dominator[other] == kNone) continue;
        if (found == kNone) {
          found = other;
          continue;
        }
        while (found != other) {
          if (++steps > kMaxSteps) return false;
          if (flow.order[found] > flow.order[other]) {
            found = flow.dominator[found];
          } else {
            other = flow.dominator[other];
          }
        }
      }
      if (++steps > kMaxSteps) return false;
      if (flow.dominator[block] == found) continue;
      flow.dominator[block] = found;
      changed = true;
    }
  }
  return true;
}

/// Numbers the tree of dominators without walking it: sizes of subtrees from the leaves up, then
/// places from the root down. A block comes behind its dominator in reverse postorder.
void number_tree(Flow& flow, const BlockId* sequence, uint32_t reached, uint32_t* room) {
  uint32_t* const size = flow.leave;
  for (uint32_t i = 0; i < reached; ++i) size[sequence[i]] = 1;
  for (uint32_t i = reached; i-- > 1;) size[flow.dominator[sequence[i]]] += size[sequence[i]];
  for (uint32_t i = 0; i < reached; ++i) {
    const BlockId block = sequence[i];
    const BlockId above = flow.dominator[block];
    flow.enter[block] = i == 0 ? 0 : room[above];
    if (i != 0) room[above] += size[block];
    room[block] = flow.enter[block] + 1;
  }
  for (uint32_t i = 0; i < reached; ++i) flow.leave[sequence[i]] += flow.enter[sequence[i]];
}

}  // namespace

Successors successors_of(const Instruction& terminator) {
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

FlowResult find_flow(const Body& body, Arena& scratch, Flow& flow) {
  const uint32_t blocks = body.blocks.size;
  if (!find_predecessors(body, scratch, flow)) return FlowResult::out_of_memory;
  flow.order = scratch.make<uint32_t>(blocks);
  flow.dominator = scratch.make<BlockId>(blocks);
  flow.enter = scratch.make<uint32_t>(blocks);
  flow.leave = scratch.make<uint32_t>(blocks);
  const Arena::Mark mark = scratch.mark();
  BlockId* const sequence = scratch.make<BlockId>(blocks);
  if (flow.order == nullptr || flow.dominator == nullptr || flow.enter == nullptr ||
      flow.leave == nullptr || sequence == nullptr) {
    return FlowResult::out_of_memory;
  }
  const uint32_t reached = find_order(body, flow, sequence, flow.enter, flow.leave);
  for (BlockId block = 0; block < blocks; ++block) flow.dominator[block] = kNone;
  const bool sound = find_dominators(flow, sequence, reached);
  uint32_t* const room = scratch.make<uint32_t>(blocks);
  if (room == nullptr) return FlowResult::out_of_memory;
  if (sound) number_tree(flow, sequence, reached, room);
  scratch.release(mark);
  return sound ? FlowResult::sound : FlowResult::too_intricate;
}

}  // namespace jit
