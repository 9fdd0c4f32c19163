// Integers of 65 to 128 bits: in three or four slots, the bits above their width 0. Too rare for
// handlers of their own.
#pragma once

#include "interpreter/state.h"
#include "ir/opcodes.h"

namespace jit {

enum class WideOp : uint8_t {
  binary,   // which: BinaryOp
  compare,  // to a word; which: Predicate
  widen,    // from an integer of any width; which: 1 with its sign
  narrow,   // to an integer of up to 64 bits
};

/// Cells: WideOp, which, bits of the operands, bits of the result, result slot, slots of the
/// operands.
Outcome wide_integer(State& state, uint32_t* frame, const Cell* cells);

}  // namespace jit
