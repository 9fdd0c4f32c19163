// The loops of a body: natural ones, each with one head that dominates all of it.
#pragma once

#include "ir/flow.h"

namespace jit {

using LoopId = uint32_t;

struct NaturalLoop {
  BlockId head = kNone;
  LoopId parent = kNone;        // the loop around it
  uint32_t instructions = 0;    // in it, those of loops inside counted eightfold
  uint32_t first = 0, end = 0;  // where its blocks are in order(), maybe with others between
};

class Loops {
 public:
  enum Result : uint8_t { sound, irreducible, too_many, out_of_memory };
  /// Of a body and its flow. What this holds lives in `arena`.
  Result find(const Body& body, const Flow& flow, Arena& arena);

  [[nodiscard]] uint32_t size() const { return loops_.size; }
  [[nodiscard]] const NaturalLoop& operator[](LoopId loop) const { return loops_[loop]; }
  /// The innermost one that the block is in; kNone: in none.
  [[nodiscard]] LoopId around(BlockId block) const { return innermost_[block]; }
  /// The one whose head the block is; kNone.
  [[nodiscard]] LoopId headed_by(BlockId block) const {
    const LoopId loop = innermost_[block];
    return loop != kNone && loops_[loop].head == block ? loop : kNone;
  }
  /// `loop` is `outer`, or in it. All are in kNone.
  [[nodiscard]] bool is_in(LoopId loop, LoopId outer) const {
    while (loop != kNone && loop != outer) loop = loops_[loop].parent;
    return loop == outer;
  }
  /// No other is in it.
  [[nodiscard]] bool is_innermost(LoopId loop) const {
    bool is = true;
    for (const NaturalLoop& other : loops_) is &= other.parent != loop;
    return is;
  }
  /// Blocks that can be reached, in reverse postorder.
  [[nodiscard]] Span<const BlockId> order() const { return order_; }

 private:
  void collect(const Flow& flow, LoopId loop, BlockId from, BlockId* stack);

  Span<NaturalLoop> loops_;
  Span<LoopId> innermost_;
  Span<const BlockId> order_;
};

}  // namespace jit
