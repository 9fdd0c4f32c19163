// long double: x87's numbers of 80 bits, in three slots, the upper 16 bits of the last 0. Too rare
// for handlers of their own.
#pragma once

#include "interpreter/state.h"
#include "ir/opcodes.h"

namespace jit {

enum class ExtendedOp : uint8_t {
  // In the order of BinaryOp, from fadd on.
  add,
  sub,
  mul,
  div,
  rem,
  negate,
  absolute,
  copysign,
  multiply_add,  // two roundings
  compare,       // to a word; which: Predicate
  from_float,
  from_double,
  from_signed,  // an integer of `which` bits, in slots as such ones are
  from_unsigned,
  to_float,
  to_double,
  to_signed,
  to_unsigned,
};

/// Cells: ExtendedOp, which, result slot, slots of the operands.
Outcome extended(State& state, uint32_t* frame, const Cell* cells);

}  // namespace jit
