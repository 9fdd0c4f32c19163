// Decisions about one function before code is made for it: which instructions are computed where
// their only user needs them, and in which slots the others leave their results.
//
// A tree of instructions that are used once becomes one run of code whose values stay in
// accumulators; its root is the instruction that is not folded. Slots of a phi and of what flows
// into it are one where their lives do not overlap, so that most edges copy nothing.
#pragma once

#include "interpreter/layout.h"

namespace jit {

enum class Fold : uint8_t {
  none,   // computed where it stands; its result is in its slots
  tree,   // computed where its only user is
  alias,  // no code: other words for its first operand, which stands in slots
  place,  // an alloca of fixed size in the first block: a constant distance from the frame's memory
};

/// How a call of an intrinsic is made: see call_kind().
enum class CallKind : uint8_t {
  function,   // a function of the program, an import, or a pointer
  nothing,    // no code
  alias,      // its first argument
  word_tree,  // of words, without effects
  real_tree,  // of floats or doubles, without effects
  helper,     // all other intrinsics
};
CallKind call_kind(const Module& module, const Body& body, const Instruction& call);
/// A call without code: its operands, which may be metadata, are not computed for it.
inline bool has_no_code(const Module& module, const Body& body, const Instruction& i) {
  return i.op == Opcode::call && call_kind(module, body, i) == CallKind::nothing;
}
/// The intrinsic that is called, or `none`.
Intrinsic intrinsic_of_call(const Module& module, const Body& body, const Instruction& call);

/// Whether operand `which` is a value that is computed or constant, not a block or a number.
bool is_value_operand(const Instruction& instruction, uint32_t which);

struct Plan {
  // By values of the body (ValueId - body.base).
  Span<Fold> folds;
  Span<uint32_t> uses;
  Span<uint32_t> slots;  // byte offset in the frame; kNone: none is needed
  uint32_t frame_slots = 0;
  uint32_t variadic_slot =
      0;  // byte offset of the address of further arguments, where there are any
  // By blocks.
  Span<uint32_t> predecessors;  // how many edges come in
  Span<BlockId> loop_heads;  // of the innermost loop around each, as far as the order of the blocks
                             // shows it; 0: none
  bool loops = false;        // a block is reached from a later one or itself
};

/// false: the arena is full, or a value has more than kMaxSlots slots (`fault` says which).
bool make_plan(const Module& module, const Body& body, Arena& arena, Plan& plan, Text& fault);

}  // namespace jit
