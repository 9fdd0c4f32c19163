#include "specialize/loops.h"

namespace jit {
namespace {

constexpr uint32_t kMaxLoops = 256;
constexpr uint32_t kMaxNesting = 12;
/// How often a loop inside another one is taken to run.
constexpr uint32_t kTurns = 8;

}  // namespace

/// `from` goes back to the loop's head: all from which it is reached are in the loop.
void Loops::collect(const Flow& flow, LoopId loop, BlockId from, BlockId* stack) {
  uint32_t size = 0;
  stack[size++] = from;
  while (size > 0) {
    BlockId block = stack[--size];
    // A loop that is known already is passed as a whole.
    LoopId outermost = innermost_[block];
    while (outermost != kNone && outermost != loop && loops_[outermost].parent != kNone) {
      outermost = loops_[outermost].parent;
    }
    if (outermost == loop) continue;
    if (outermost == kNone) {
      innermost_[block] = loop;
    } else {
      loops_[outermost].parent = loop;
      block = loops_[outermost].head;
    }
    if (block == loops_[loop].head) continue;
    for (uint32_t k = flow.first_predecessor[block]; k < flow.first_predecessor[block + 1]; ++k) {
      const BlockId before = flow.predecessors[k];
      if (flow.reached(before) && !is_in(innermost_[before], loop)) stack[size++] = before;
    }
  }
}

Loops::Result Loops::find(const Body& body, const Flow& flow, Arena& arena) {
  const uint32_t blocks = body.blocks.size;
  auto* const order = arena.make<BlockId>(blocks);
  auto* const innermost = arena.make<LoopId>(blocks);
  auto* const loops = arena.make<NaturalLoop>(kMaxLoops);
  const Arena::Mark mark = arena.mark();
  // A block is put there once for each edge at most.
  auto* const stack = arena.make<BlockId>(flow.first_predecessor[blocks] + 1);
  if (stack == nullptr) return out_of_memory;
  uint32_t reached = 0;
  for (BlockId b = 0; b < blocks; ++b) {
    innermost[b] = kNone;
    if (!flow.reached(b)) continue;
    order[flow.order[b]] = b;
    ++reached;
  }
  order_ = {order, reached};
  innermost_ = {innermost, blocks};
  loops_ = {loops, 0};
  // From inside out: a head comes behind those of the loops around it.
  for (uint32_t at = reached; at-- > 0;) {
    const BlockId head = order[at];
    bool is_head = false;
    for (uint32_t k = flow.first_predecessor[head]; k < flow.first_predecessor[head + 1]; ++k) {
      const BlockId before = flow.predecessors[k];
      if (!flow.reached(before) || flow.order[before] < at) continue;
      if (!flow.dominates(head, before)) return irreducible;
      if (!is_head) {
        if (loops_.size == kMaxLoops) return too_many;
        is_head = true;
        loops_[loops_.size++] = {head, kNone, 0};
        innermost[head] = loops_.size - 1;
      }
      collect(flow, loops_.size - 1, before, stack);
    }
  }
  arena.release(mark);
  for (uint32_t at = 0; at < reached; ++at) {
    uint32_t count = body.blocks[order[at]].count, depth = 0;
    for (LoopId l = innermost[order[at]]; l != kNone; l = loops_[l].parent) {
      if (++depth > kMaxNesting) return too_many;
      if (loops_[l].instructions == 0) loops_[l].first = at;
      loops_[l].end = at + 1;
      loops_[l].instructions += count;
      count *= kTurns;
      if (count > 1U << 24) count = 1U << 24;
    }
  }
  return sound;
}

}  // namespace jit
