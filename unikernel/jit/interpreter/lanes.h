// Operations that are too rare for handlers of their own, on any number of lanes of any width: of
// vectors, of i64, and of odd widths. A scalar is one lane.
#pragma once

#include "interpreter/state.h"
#include "ir/opcodes.h"

namespace jit {

enum class LaneOp : uint8_t {
  // In the order of BinaryOp.
  add,
  sub,
  mul,
  udiv,
  sdiv,
  urem,
  srem,
  shl,
  lshr,
  ashr,
  and_,
  or_,
  xor_,
  fadd,
  fsub,
  fmul,
  fdiv,
  frem,
  // In the order of Predicate: false to true, then eq to sle. Lanes of the result are i1.
  fcmp_first,
  fcmp_last = fcmp_first + 15,
  icmp_first,
  icmp_last = icmp_first + 9,
  // Casts, in the order of CastOp.
  cast_first,
  cast_last = cast_first + 11,
  select,
  fneg,
  smin,
  smax,
  umin,
  umax,
  abs,
  ctlz,
  cttz,
  ctpop,
  bswap,
  bitreverse,
  fshl,
  fshr,
  uadd_sat,
  usub_sat,
  sadd_sat,
  ssub_sat,
  ushl_sat,
  sshl_sat,
  ucmp,
  scmp,
  fabs,
  sqrt,
  copysign,
  fmuladd,
  fma,
  minnum,
  maxnum,
  floor,
  ceil,
  truncate,
  rint,
  round,
  is_fpclass,
};

/// One lane. `bits`: its width in the operands; floats 32, doubles 64. `to`: its width in the
/// result. false: a division that faults.
bool lane(LaneOp op, uint32_t bits, uint32_t to, uint64_t a, uint64_t b, uint64_t c, uint64_t& r);

/// Cells: LaneOp, bits, bytes of an operand's lane, bits of the result, bytes of its lane, lanes,
/// number of operands, result slot, operand slots. The first operand of a select has lanes of
/// bytes.
Outcome lanes(State& state, uint32_t* frame, const Cell* cells);

/// Value and flag of an arithmetic operation that may overflow. Cells: op (add, sub, mul), signed,
/// bits, result slot (the flag behind the value), a, b.
Outcome overflow(State& state, uint32_t* frame, const Cell* cells);

/// Cells: op (Intrinsic), bits, bytes of a lane, lanes, result slot, vector slot, start slot.
Outcome reduce(State& state, uint32_t* frame, const Cell* cells);

/// Cells: bytes of a lane, lanes of the result, lanes of an operand, result, a, b, then the mask
/// (an operand's lane, -1 where any).
Outcome shuffle(State& state, uint32_t* frame, const Cell* cells);

/// Cells: bytes of a lane, lanes, result, vector, index slot; the result is a word, float or pair.
Outcome extract_lane(State& state, uint32_t* frame, const Cell* cells);
/// Cells: bytes of a lane, lanes, slots of a vector, result, vector, element, index slot.
Outcome insert_lane(State& state, uint32_t* frame, const Cell* cells);

/// Between i1 lanes (bytes) and the bits of an integer. Cells: lanes, result, operand.
Outcome pack_mask(State& state, uint32_t* frame, const Cell* cells);
Outcome unpack_mask(State& state, uint32_t* frame, const Cell* cells);

}  // namespace jit
