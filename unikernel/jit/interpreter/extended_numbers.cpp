// Instructions on long double and on integers of more than 64 bits: each a call of `extended`
// (extended.h) or of `wide_integer` (wide_integer.h).
#include "interpreter/extended.h"
#include "interpreter/lowering.h"
#include "interpreter/wide_integer.h"

namespace jit {
namespace {

ExtendedOp op_of_binary(uint8_t code) {
  const uint32_t from_fadd = code - static_cast<uint32_t>(BinaryOp::fadd);
  return static_cast<ExtendedOp>(static_cast<uint32_t>(ExtendedOp::add) + from_fadd);
}

bool op_of_cast(CastOp cast, bool single, ExtendedOp& op) {
  switch (cast) {
    case CastOp::fpext:
      op = single ? ExtendedOp::from_float : ExtendedOp::from_double;
      return true;
    case CastOp::fptrunc:
      op = single ? ExtendedOp::to_float : ExtendedOp::to_double;
      return true;
    case CastOp::sitofp:
      op = ExtendedOp::from_signed;
      return true;
    case CastOp::uitofp:
      op = ExtendedOp::from_unsigned;
      return true;
    case CastOp::fptosi:
      op = ExtendedOp::to_signed;
      return true;
    case CastOp::fptoui:
      op = ExtendedOp::to_unsigned;
      return true;
    default:
      return false;
  }
}

}  // namespace

/// Computes what computes with long double, into the slots from `to` on. false: it does not, or
/// only moves one.
bool Lowering::extended_number(const Instruction& i, uint32_t to) {
  const uint32_t first = i.op == Opcode::call ? 1 : 0;
  if (i.count <= first) return false;
  const TypeId of = type_of(operand(i, first));
  if (!is_extended(of) && !is_extended(i.type)) return false;
  ExtendedOp op = ExtendedOp::negate;
  uint32_t which = 0, operands = 1;
  switch (i.op) {
    case Opcode::binary:
      op = op_of_binary(i.code);
      operands = 2;
      break;
    case Opcode::negate:
      break;
    case Opcode::compare:
      op = ExtendedOp::compare;
      which = i.code;
      operands = 2;
      break;
    case Opcode::cast: {
      const Type& other = type(is_extended(of) ? i.type : of);
      if (!op_of_cast(static_cast<CastOp>(i.code), form_of(other) == Form::single, op))
        return false;
      which = word_bits(other);
      break;
    }
    case Opcode::call:
      switch (intrinsic_of_call(module_, body_, i)) {
        case Intrinsic::fabs:
          op = ExtendedOp::absolute;
          break;
        case Intrinsic::copysign:
          op = ExtendedOp::copysign;
          operands = 2;
          break;
        case Intrinsic::fmuladd:
          op = ExtendedOp::multiply_add;
          operands = 3;
          break;
        default:
          return false;
      }
      break;
    default:
      return false;
  }
  Cell cells[6] = {static_cast<Cell>(op), which, to};
  for (uint32_t k = 0; k < operands; ++k) cells[3 + k] = slot_of(operand(i, first + k));
  helper(extended, cells, 3 + operands);
  holds_word_ = holds_real_ = kNone;
  return true;
}

/// The same of integers of more than 64 bits.
bool Lowering::wide_number(const Instruction& i, uint32_t to) {
  if (i.count == 0) return false;
  const Type& of = type(type_of(operand(i, 0)));
  const Type& made = type(i.type);
  if (of.kind != TypeKind::wide && made.kind != TypeKind::wide) return false;
  WideOp op = WideOp::binary;
  uint32_t which = i.code, operands = 2;
  switch (i.op) {
    case Opcode::binary:
      break;
    case Opcode::compare:
      op = WideOp::compare;
      break;
    case Opcode::cast: {
      const auto cast = static_cast<CastOp>(i.code);
      if (cast != CastOp::trunc && cast != CastOp::zext && cast != CastOp::sext) return false;
      op = cast == CastOp::trunc ? WideOp::narrow : WideOp::widen;
      which = cast == CastOp::sext ? 1 : 0;
      operands = 1;
      break;
    }
    default:
      return false;
  }
  Cell cells[7] = {static_cast<Cell>(op), which, of.count, made.count, to};
  for (uint32_t k = 0; k < operands; ++k) cells[5 + k] = slot_of(operand(i, k));
  helper(wide_integer, cells, 5 + operands);
  holds_word_ = holds_real_ = kNone;
  return true;
}

}  // namespace jit
