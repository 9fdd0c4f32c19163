#include "ir/flow.h"

namespace jit {

namespace {

/// Steps of the search for dominators: far more than any program takes, few enough to end.
constexpr uint32_t kMaxSteps = 1U << 25;

/// The terminators are read once, for the edges.
bool find_successors(const Body& body, Arena& scratch, Flow& flow) {
  const uint32_t blocks = body.blocks.size;
  uint32_t* const first = flow.first_successor = scratch.make<uint32_t>(blocks + 1);
  if (first == nullptr) return false;
  uint32_t count = 0;
  for (BlockId block = 0; block < blocks; ++block) {
    scratch.step();
    first[block] = count;
    for_each_successor(body, block, [&](BlockId) { ++count; });
  }
  first[blocks] = count;
  BlockId* next = flow.successors = scratch.make<BlockId>(count);
  if (next == nullptr) return false;
  for (BlockId block = 0; block < blocks; ++block) {
    for_each_successor(body, block, [&](BlockId to) { *next++ = to; });
  }
  return true;
}

/// Fills predecessors: counted, summed up, put in place.
bool find_predecessors(uint32_t blocks, Arena& scratch, Flow& flow) {
  const uint32_t count = flow.first_successor[blocks];
  const BlockId* const to = flow.successors;
  uint32_t* const first = flow.first_predecessor = scratch.make<uint32_t>(blocks + 1);
  BlockId* const from = flow.predecessors = scratch.make<BlockId>(count);
  if (first == nullptr || from == nullptr) return false;
  for (uint32_t i = 0; i <= blocks; ++i) first[i] = 0;
  for (uint32_t e = 0; e < count; ++e) ++first[to[e]];
  for (uint32_t i = 0, sum = 0; i <= blocks; ++i) first[i] = sum += first[i];  // where they end
  for (uint32_t block = blocks, end = count; block-- > 0;) {
    const uint32_t begin = flow.first_successor[block];
    for (uint32_t e = begin; e < end; ++e) from[--first[to[e]]] = block;
    end = begin;
  }
  return true;
}

/// To `sequence`, in reverse postorder; how many can be reached. `stack` and `next` are room for
/// one number a block.
uint32_t find_order(uint32_t blocks, Flow& flow, BlockId* sequence, BlockId* stack, uint32_t* next,
                    const Arena& pace) {
  uint32_t* const order = flow.order;
  const uint32_t* const first = flow.first_successor;
  for (BlockId block = 0; block < blocks; ++block) order[block] = kNone;
  uint32_t depth = 1;
  uint32_t free = blocks;  // sequence is filled from its end
  stack[0] = 0;
  next[0] = 0;
  order[0] = 0;
  while (depth != 0) {
    const BlockId block = stack[depth - 1];
    const uint32_t edge = next[depth - 1];
    if (edge == first[block + 1]) {
      pace.step();
      sequence[--free] = block;
      --depth;
      continue;
    }
    next[depth - 1] = edge + 1;
    const BlockId to = flow.successors[edge];
    if (order[to] != kNone) continue;
    order[to] = 0;
    stack[depth] = to;
    next[depth++] = first[to];
  }
  const uint32_t reached = blocks - free;
  for (uint32_t i = 0; i < reached; ++i) {
    sequence[i] = sequence[free + i];
    order[sequence[i]] = i;
  }
  return reached;
}

/// Whether each edge back leads to a block that dominates the one it comes from, by the dominators
/// that are found so far. false, too, where that takes long.
bool edges_back_are_of_loops(const Flow& flow, const BlockId* sequence, uint32_t reached,
                             const Arena& pace) {
  uint32_t left = 16 * reached;
  for (uint32_t i = 0; i < reached; ++i) {
    pace.step();
    const BlockId head = sequence[i];
    for (uint32_t j = flow.first_predecessor[head]; j < flow.first_predecessor[head + 1]; ++j) {
      BlockId from = flow.predecessors[j];
      if (flow.order[from] == kNone || flow.order[from] < i) continue;
      while (flow.order[from] > i) {
        if (left-- == 0) return false;
        from = flow.dominator[from];
      }
      if (from != head) return false;
    }
  }
  return true;
}

/// Cooper, Harvey, Kennedy: "A Simple, Fast Dominance Algorithm" (2001). false: it takes too long.
/// One round is enough where each edge back leads to a block that dominates the one it comes from:
/// such an edge changes nothing.
bool find_dominators(Flow& flow, const BlockId* sequence, uint32_t reached, const Arena& pace) {
  uint32_t steps = 0;
  BlockId* const dominator = flow.dominator;
  const uint32_t* const order = flow.order;
  const uint32_t* const first = flow.first_predecessor;
  const BlockId* const predecessors = flow.predecessors;
  dominator[0] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 1; i < reached; ++i) {
      const BlockId block = sequence[i];
      BlockId found = kNone;
      for (uint32_t j = first[block], end = first[block + 1]; j < end; ++j) {
        BlockId other = predecessors[j];
        if (order[other] == kNone || dominator[other] == kNone) continue;
        if (found == kNone) {
          found = other;
          continue;
        }
        while (found != other) {
          if (++steps > kMaxSteps) return false;
          if (steps % 16 == 0) pace.step();
          if (order[found] > order[other]) {
            found = dominator[found];
          } else {
            other = dominator[other];
          }
        }
      }
      if (++steps > kMaxSteps) return false;
      pace.step();
      if (dominator[block] == found) continue;
      dominator[block] = found;
      changed = true;
    }
    if (changed && edges_back_are_of_loops(flow, sequence, reached, pace)) return true;
  }
  return true;
}

/// Numbers the tree of dominators without walking it: sizes of subtrees from the leaves up, then
/// places from the root down. A block comes behind its dominator in reverse postorder.
void number_tree(Flow& flow, const BlockId* sequence, uint32_t reached, uint32_t* room,
                 const Arena& pace) {
  uint32_t* const size = flow.leave;
  for_each_paced(pace, reached, 2, [&](uint32_t i) { size[sequence[i]] = 1; });
  for_each_paced(pace, reached, 2, [&](uint32_t k) {
    const uint32_t i = reached - 1 - k;
    if (i != 0) size[flow.dominator[sequence[i]]] += size[sequence[i]];
  });
  for_each_paced(pace, reached, 2, [&](uint32_t i) {
    const BlockId block = sequence[i];
    const BlockId above = flow.dominator[block];
    flow.enter[block] = i == 0 ? 0 : room[above];
    if (i != 0) room[above] += size[block];
    room[block] = flow.enter[block] + 1;
  });
  for_each_paced(pace, reached, 2,
                 [&](uint32_t i) { flow.leave[sequence[i]] += flow.enter[sequence[i]]; });
}

}  // namespace

FlowResult find_flow(const Body& body, Arena& scratch, Flow& flow) {
  const uint32_t blocks = body.blocks.size;
  if (!find_successors(body, scratch, flow) || !find_predecessors(blocks, scratch, flow)) {
    return FlowResult::out_of_memory;
  }
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
  const uint32_t reached = find_order(blocks, flow, sequence, flow.enter, flow.leave, scratch);
  for_each_paced(scratch, blocks, 2, [&](BlockId block) { flow.dominator[block] = kNone; });
  const bool sound = find_dominators(flow, sequence, reached, scratch);
  uint32_t* const room = scratch.make<uint32_t>(blocks);
  if (room == nullptr) return FlowResult::out_of_memory;
  if (sound) number_tree(flow, sequence, reached, room, scratch);
  scratch.release(mark);
  return sound ? FlowResult::sound : FlowResult::too_intricate;
}

bool find_reached(const Body& body, Arena& arena, Span<bool>& reached) {
  const uint32_t blocks = body.blocks.size;
  reached = {arena.make<bool>(blocks), blocks};
  const Arena::Mark mark = arena.mark();
  auto* const waiting = arena.make<BlockId>(blocks);
  if (arena.exhausted()) return false;
  for (bool& is : reached) is = false;
  uint32_t count = 1;
  waiting[0] = 0;
  reached[0] = true;
  while (count > 0) {
    arena.step(2);
    for_each_successor(body, waiting[--count], [&](BlockId next) {
      if (!reached[next]) waiting[count++] = next;
      reached[next] = true;
    });
  }
  arena.release(mark);
  return true;
}

}  // namespace jit
