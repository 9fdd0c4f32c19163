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
/// The intrinsic that is called, or `none`.
inline Intrinsic intrinsic_of_call(const Module& module, const Body& body,
                                   const Instruction& call) {
  const ValueId callee = body.operands[call.first];
  if (callee >= module.values.size) return Intrinsic::none;
  const Value& value = module.values[callee];
  return value.kind == ValueKind::function ? module.functions[value.index].intrinsic
                                           : Intrinsic::none;
}
/// Calls of it are CallKind::nothing.
constexpr bool does_nothing(Intrinsic which) {
  return which == Intrinsic::nothing || which == Intrinsic::assume || which == Intrinsic::va_end ||
         which == Intrinsic::x86_pause || which == Intrinsic::x86_mfence;
}
/// A call without code: its operands, which may be metadata, are not computed for it.
inline bool has_no_code(const Module& module, const Body& body, const Instruction& i) {
  return i.op == Opcode::call && does_nothing(intrinsic_of_call(module, body, i));
}

/// Instructions that a return may pay for without a look at what is left: so many for each call
/// that is on the stack can be counted.
constexpr uint32_t kMostOwedByReturn = 64;

/// Whether it may change memory, or must stand where it does among those that do.
inline bool may_write(const Module& module, const Body& body, const Instruction& i) {
  switch (i.op) {
    case Opcode::store:
    case Opcode::fence:
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      return true;
    case Opcode::load:
      return (i.flags & (kFlagVolatile | kFlagAtomic)) != 0;
    case Opcode::call:
      return intrinsic_of_call(module, body, i) == Intrinsic::none ||
             call_kind(module, body, i) == CallKind::helper;
    default:
      return false;
  }
}

/// Which operands are values that are computed or constant, and not blocks or numbers: every
/// `step`-th, below `end`.
struct ValueOperands {
  uint32_t end, step;
};
inline ValueOperands value_operands(const Instruction& instruction) {
  // By Opcode: all, the even ones, or so many.
  constexpr uint8_t all = 0xFF, even = 0xFE;
  constexpr uint8_t kBegin[] = {all, all,  all, all, all, all,  all, all, all,
                                1,   2,    all, all, all, all,  all, all, all,
                                all, even, all, 0,   1,   even, 1,   all, all};
  const uint8_t which = kBegin[static_cast<uint32_t>(instruction.op)];
  if (which == all) return {instruction.count, 1};
  if (which == even) return {instruction.count, 2};
  return {which < instruction.count ? which : instruction.count, 1};
}
inline bool is_value_operand(const Instruction& instruction, uint32_t which) {
  const ValueOperands all = value_operands(instruction);
  return which < all.end && (all.step == 1 || which % 2 == 0);
}

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
