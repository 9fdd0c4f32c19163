// What is made of each instruction: machine code of its own or an island, and what that does to
// registers.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// What is interpreted in place.
bool Generator::is_island(const Instruction& i) const {
  if (is_terminator(i.op)) return false;
  const PartKind what = part_kind(module_, i.type);
  const auto operand_kind = [&](uint32_t k) { return kind(operand(i, k)); };
  switch (i.op) {
    case Opcode::load:
      return !is_native_access(i.type);
    case Opcode::store:
      return !is_native_access(type_of(operand(i, 1))) && role(operand(i, 1)) != Role::update;
    case Opcode::fence:
    case Opcode::alloca:
      return false;
    case Opcode::call:
      return intrinsic_of_call(module_, body_, i) != Intrinsic::none && !is_native_intrinsic(i);
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      return true;
    case Opcode::extract_value: {
      const ValueId from = behind_aliases(body_, selection_, operand(i, 0));
      return constants_.is_constant(from);
    }
    case Opcode::insert_value:
      return false;
    case Opcode::select:
      return operand_kind(0) != PartKind::word && role(operand(i, 0)) != Role::condition;
    case Opcode::freeze:
      return what == PartKind::memory;
    case Opcode::extract_element:
      return !extracts_natively(i);
    case Opcode::compare:
      return operand_kind(0) == PartKind::memory || operand_kind(0) == PartKind::packed ||
             operand_kind(0) == PartKind::half;
    case Opcode::getelementptr:
      return what != PartKind::word;
    default:
      break;
  }
  switch (what) {
    case PartKind::packed:
    case PartKind::half:
      return !is_packed_native(i) ||
             (i.op == Opcode::binary && lane_bits(i.type) == 32 &&
              static_cast<BinaryOp>(i.code) == BinaryOp::mul && result(i).is_memory);
    case PartKind::memory:
      return true;
    case PartKind::word: {
      if (i.op == Opcode::cast) {
        const PartKind from = operand_kind(0);
        if (from == PartKind::memory || from == PartKind::packed || from == PartKind::half) {
          return true;
        }
        return static_cast<CastOp>(i.code) == CastOp::fptoui && word_bits(type(i.type)) == 32;
      }
      if (i.op != Opcode::binary) return true;
      const auto which = static_cast<BinaryOp>(i.code);
      const bool divides = which == BinaryOp::udiv || which == BinaryOp::sdiv ||
                           which == BinaryOp::urem || which == BinaryOp::srem;
      const bool is_signed = which == BinaryOp::sdiv || which == BinaryOp::srem;
      if (divides) {
        return (is_signed && word_bits(type(i.type)) < 32) || needs_eax(operand(i, 0)) ||
               needs_eax(operand(i, 1));
      }
      const bool both = (needs_eax(operand(i, 0)) || role(operand(i, 0)) == Role::operand) &&
                        (needs_eax(operand(i, 1)) || role(operand(i, 1)) == Role::operand);
      return both || (is_shift(which) && needs_eax(operand(i, 1)));
    }
    case PartKind::pair: {
      if (i.op == Opcode::cast) {
        const PartKind from = operand_kind(0);
        const auto op = static_cast<CastOp>(i.code);
        if (op == CastOp::bitcast) return from != PartKind::real;
        if (from == PartKind::memory) return true;
        return op != CastOp::zext && op != CastOp::sext && op != CastOp::trunc;
      }
      if (i.op != Opcode::binary) return true;
      const Variable& to = variable(i.result);
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::add:
        case BinaryOp::sub:
        case BinaryOp::and_:
        case BinaryOp::or_:
        case BinaryOp::xor_:
        case BinaryOp::mul:
          return false;
        case BinaryOp::shl:
        case BinaryOp::lshr:
        case BinaryOp::ashr: {
          if (type(i.type).count != 64) return true;
          uint32_t by = 0;
          const ValueId a = behind_aliases(body_, selection_, operand(i, 0));
          if (constant_word(operand(i, 1), 0, by)) {
            return (by & 63) < 32 && (by & 63) != 0 &&
                   (!has_variable(a) || !variable(a).in_register());
          }
          return !to.in_register() || to.registers[0] == ecx || to.registers[1] == ecx;
        }
        default:
          return true;
      }
    }
    case PartKind::single:
    case PartKind::real: {
      if (i.op == Opcode::negate) return false;
      if (i.op == Opcode::binary) return static_cast<BinaryOp>(i.code) == BinaryOp::frem;
      if (i.op != Opcode::cast) return true;
      const PartKind from = operand_kind(0);
      switch (static_cast<CastOp>(i.code)) {
        case CastOp::fpext:
        case CastOp::fptrunc:
          return from == PartKind::memory;  // of long double
        case CastOp::sitofp:
        case CastOp::uitofp:
          return from != PartKind::word;
        case CastOp::bitcast:
          return from != PartKind::word && from != PartKind::pair;
        default:
          return true;
      }
    }
    default:
      return false;
  }
}

/// Of what needs_of() has, where the operation and the kind of the result say that it is nothing.
bool needs_nothing(const Instruction& i, PartKind kind) {
  switch (i.op) {
    case Opcode::load:
    case Opcode::store:
    case Opcode::compare:
    case Opcode::cast:
    case Opcode::select:
    case Opcode::branch:
    case Opcode::branch_if:
    case Opcode::return_value:
      return kind != PartKind::memory;
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::add:
        case BinaryOp::sub:
        case BinaryOp::and_:
        case BinaryOp::or_:
        case BinaryOp::xor_:
        case BinaryOp::fadd:
        case BinaryOp::fsub:
        case BinaryOp::fmul:
        case BinaryOp::fdiv:
          return kind != PartKind::memory;
        case BinaryOp::mul:
          return kind == PartKind::word;
        default:
          return false;
      }
    default:
      return false;
  }
}

Needs Generator::needs_of(const Instruction& i) const {
  Needs needs;
  const PartKind what = part_kind(module_, i.type);
  switch (i.op) {
    case Opcode::call:
      if (has_no_code(module_, body_, i)) return needs;
      if (intrinsic_of_call(module_, body_, i) == Intrinsic::none) {
        if (value_of(module_, body_, operand(i, 0)).kind == ValueKind::inline_asm) return needs;
        needs.clobbers = kCallerSaved;
        needs.clobbers_vectors = true;
        return needs;
      }
      switch (intrinsic_of_call(module_, body_, i)) {
        case Intrinsic::fshl:
        case Intrinsic::fshr:
          if (!constants_.is_constant(operand(i, 3))) {
            needs.clobbers = set_of(ecx);
            needs.operand = 3;
            needs.operand_hint = ecx;
          }
          return needs;
        case Intrinsic::umul_overflow:
          needs.clobbers = needs.operands_not = set_of(edx);
          needs.early = true;
          return needs;
        default:
          needs.early = what == PartKind::memory;
          return needs;
      }
    case Opcode::insert_value:
      needs.early = kind(operand(i, 1)) == PartKind::memory;
      return needs;
    case Opcode::extract_value:
      needs.early = what == PartKind::memory;
      return needs;
    case Opcode::getelementptr: {
      AddressParts parts;
      needs.early = !simple_address(module_, body_, i, parts);
      return needs;
    }
    case Opcode::binary:
      break;
    case Opcode::insert_element:
      // In place, where nobody else looks at the vector, unless the interpreter does it, or more is
      // read behind the copy (insert_lane).
      needs.early = what == PartKind::memory && !(is_by_lanes(i) && is_lane_number(i, 2) &&
                                                  kind(operand(i, 1)) != PartKind::pair);
      return needs;
    default:
      // Of what stands in memory, and is interpreted, operands and result are apart.
      needs.early = what == PartKind::memory;
      return needs;
  }
  const auto which = static_cast<BinaryOp>(i.code);
  const bool constant = constants_.is_constant(operand(i, 1));
  const bool shifts = is_shift(which);
  if (what == PartKind::memory) {
    needs.early = true;
  } else if (what == PartKind::packed || what == PartKind::half) {
    needs.early = which == BinaryOp::mul && lane_bits(i.type) == 32;
  } else if (what == PartKind::word) {
    uint32_t divisor = 0;
    if (shifts && !constant) {
      needs.clobbers = set_of(ecx);
      needs.operand = 1;
      needs.operand_hint = ecx;
    } else if (which == BinaryOp::udiv || which == BinaryOp::sdiv || which == BinaryOp::urem ||
               which == BinaryOp::srem) {
      const bool plain = divisor_of(i, divisor) && (divisor & (divisor - 1)) == 0;
      if (!plain) {
        needs.clobbers = set_of(edx);
        needs.operands_not = set_of(edx);
        if (!divisor_of(i, divisor) && (which == BinaryOp::urem || which == BinaryOp::srem)) {
          needs.result_hint = edx;
        }
      }
    }
  } else if (what == PartKind::pair) {
    if (which == BinaryOp::mul) {
      needs.clobbers = needs.operands_not = set_of(ecx) | set_of(edx);
      needs.result_not = set_of(edx);
    } else if (shifts && !constant) {
      needs.clobbers = set_of(ecx);
      needs.result_not = set_of(ecx);
      needs.early = true;
    }
  }
  return needs;
}

}  // namespace jit
