// Integers of 33 to 64 bits: two words, the low one first. Bits above the type's width are 0.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// Its upper half is 0, by how it was made.
bool Generator::is_extended(ValueId id) const {
  const ValueId behind = behind_aliases(body_, selection_, id);
  if (constants_.is_constant(behind)) {
    uint32_t high = 1;
    return constant_word(behind, 1, high) && high == 0;
  }
  if (!is_instruction(behind)) return false;
  const Instruction& i = source_of(behind);
  return i.op == Opcode::cast && static_cast<CastOp>(i.code) == CastOp::zext &&
         kind(operand(i, 0)) == PartKind::word;
}

void Generator::clean_pair(const Instruction& i) {
  const uint32_t bits = type(i.type).count;
  if (bits >= 64) return;
  encoder_.alu_constant(Alu::and_, result(i, 1), mask_of(bits - 32));
}

void Generator::pair_binary(const Instruction& i) {
  Alu low = Alu::add, high = Alu::adc;
  bool commutes = true;
  switch (static_cast<BinaryOp>(i.code)) {
    case BinaryOp::add:
      break;
    case BinaryOp::sub:
      low = Alu::sub;
      high = Alu::sbb;
      commutes = false;
      break;
    case BinaryOp::and_:
      low = high = Alu::and_;
      break;
    case BinaryOp::or_:
      low = high = Alu::or_;
      break;
    default:
      low = high = Alu::xor_;
      break;
  }
  // mov changes no flags, so the carry reaches the upper half.
  alu(low, result(i, 0), word(operand(i, 0), 0), word(operand(i, 1), 0), commutes);
  alu(high, result(i, 1), word(operand(i, 0), 1), word(operand(i, 1), 1), commutes);
  clean_pair(i);
}

void Generator::pair_multiply(const Instruction& i) {
  // Neither operand is in ecx or edx, nor the result in edx.
  const ValueId a = operand(i, 0), b = operand(i, 1);
  const auto times = [&](Register to, const Source& x, const Source& y) {
    if (y.is_constant) {
      load(to, x);
      encoder_.imul_constant(to, in_register(to), y.constant);
    } else {
      load(to, x);
      encoder_.op(op::imul, to, y.place);
    }
  };
  bool crossed = false;
  if (!is_extended(b)) {
    times(ecx, word(a, 0), word(b, 1));
    crossed = true;
  }
  if (!is_extended(a)) {
    times(crossed ? eax : ecx, word(a, 1), word(b, 0));
    if (crossed) encoder_.alu(Alu::add, ecx, in_register(eax));
    crossed = true;
  }
  Source low = word(b, 0);
  load(eax, word(a, 0));
  if (low.is_constant) {
    encoder_.mov_constant(in_register(edx), low.constant);
    low.place = in_register(edx);
  }
  encoder_.op(op::unary, 4, low.place);
  if (crossed) encoder_.alu(Alu::add, edx, in_register(ecx));
  move(result(i, 0), source_at(in_register(eax)));
  move(result(i, 1), source_at(in_register(edx)));
  clean_pair(i);
}

void Generator::pair_shift(const Instruction& i) {
  const auto which = static_cast<BinaryOp>(i.code);
  const Place low = result(i, 0), high = result(i, 1);
  const Source a_low = word(operand(i, 0), 0), a_high = word(operand(i, 0), 1);
  uint32_t by = 0;
  const bool constant = constant_word(operand(i, 1), 0, by);
  by &= 63;
  if (constant && by >= 32) {
    const auto rest = static_cast<uint8_t>(by - 32);
    const bool left = which == BinaryOp::shl;
    const Source& from = left ? a_low : a_high;
    load(eax, from);
    if (which == BinaryOp::ashr) {
      if (rest != 0) encoder_.shift(Shift::sar, in_register(eax), rest);
      move(low, source_at(in_register(eax)));
      encoder_.shift(Shift::sar, in_register(eax), 31);
      move(high, source_at(in_register(eax)));
    } else {
      if (rest != 0) encoder_.shift(left ? Shift::shl : Shift::shr, in_register(eax), rest);
      move(left ? high : low, source_at(in_register(eax)));
      move(left ? low : high, source_of_constant(0));
    }
    clean_pair(i);
    return;
  }
  if (constant) {
    const auto count = static_cast<uint8_t>(by);
    // The half that takes bits of the other goes first, in eax.
    if (which == BinaryOp::shl) {
      load(eax, a_high);
      const Register other = a_low.is_register() ? a_low.place.reg : kNoRegister;
      if (count != 0 && other != kNoRegister) {
        encoder_.op_byte(op::shld, other, in_register(eax), count);
        const Register in = low.is_memory ? kNoRegister : low.reg;
        if (in != kNoRegister) {
          load(in, a_low);
          encoder_.shift(Shift::shl, low, count);
        } else {
          move(low, a_low);
          encoder_.shift(Shift::shl, low, count);
        }
        move(high, source_at(in_register(eax)));
        clean_pair(i);
        return;
      }
    } else {
      load(eax, a_low);
      const Register other = a_high.is_register() ? a_high.place.reg : kNoRegister;
      if (count != 0 && other != kNoRegister) {
        encoder_.op_byte(op::shrd, other, in_register(eax), count);
        move(high, a_high);
        encoder_.shift(which == BinaryOp::ashr ? Shift::sar : Shift::shr, high, count);
        move(low, source_at(in_register(eax)));
        clean_pair(i);
        return;
      }
    }
    if (count == 0) {
      move(low, a_low);
      move(high, a_high);
      return;
    }
    // From memory or a constant: in an SSE register.
    refuse("a shift of 64 bits that is not in registers");
    return;
  }
  // The result conflicts with the operands (needs_of) and is not in ecx.
  const CodeLabel done = encoder_.label();
  move(low, a_low);
  move(high, a_high);
  load(ecx, word(operand(i, 1), 0));
  const bool left = which == BinaryOp::shl;
  const Place& to = left ? high : low;
  const Place& from = left ? low : high;
  const Shift kind = left ? Shift::shl : which == BinaryOp::ashr ? Shift::sar : Shift::shr;
  encoder_.op(left ? op::shld_cl : op::shrd_cl, from.reg, to);
  encoder_.shift_by_cl(kind, from);
  encoder_.test_constant(in_register(ecx), 32);
  encoder_.jump_if(Condition::equal, done);
  encoder_.op(op::mov_load, to.reg, from);
  if (which == BinaryOp::ashr) {
    encoder_.shift(Shift::sar, from, 31);
  } else {
    encoder_.alu(Alu::xor_, from.reg, from);
  }
  encoder_.bind(done);
  clean_pair(i);
}

void Generator::pair_cast(const Instruction& i) {
  const ValueId from = operand(i, 0);
  const PartKind source = kind(from);
  const uint32_t bits = type(i.type).count;
  switch (static_cast<CastOp>(i.code)) {
    case CastOp::zext:
      if (source == PartKind::pair) {
        move(result(i, 0), word(from, 0));
        move(result(i, 1), word(from, 1));
      } else {
        move(result(i, 0), word(from));
        move(result(i, 1), source_of_constant(0));
      }
      return;
    case CastOp::sext: {
      const uint32_t width = bits_of(from);
      if (source == PartKind::pair) {
        const uint32_t unused = 32 - (type(type_of(from)).count - 32);
        load(eax, word(from, 1));
        encoder_.shift(Shift::shl, in_register(eax), static_cast<uint8_t>(unused));
        encoder_.shift(Shift::sar, in_register(eax), static_cast<uint8_t>(unused));
        move(result(i, 0), word(from, 0));
        move(result(i, 1), source_at(in_register(eax)));
      } else {
        if (width == 1) {
          load(eax, word(from));
          encoder_.op(op::unary, 3, in_register(eax));
        } else {
          sign_extend(eax, word(from), width);
        }
        move(result(i, 0), source_at(in_register(eax)));
        if (width != 1) encoder_.shift(Shift::sar, in_register(eax), 31);
        move(result(i, 1), source_at(in_register(eax)));
      }
      clean_pair(i);
      return;
    }
    case CastOp::trunc:
      // Still more than 32 bits.
      move(result(i, 0), word(from, 0));
      move(result(i, 1), word(from, 1));
      clean_pair(i);
      return;
    case CastOp::bitcast:
      if (source == PartKind::real && bits == 64) {
        const Place place = vector(from);
        if (place.is_memory) {
          move(result(i, 0), source_at(place));
          move(result(i, 1), source_at(moved_by(place, 4)));
        } else {
          encoder_.op(op::movd_store, place.reg, result(i, 0));
          encoder_.op_byte(op::pshufd, xmm7, place, 0x55);
          encoder_.op(op::movd_store, xmm7, result(i, 1));
        }
        return;
      }
      break;
    default:
      break;
  }
  refuse("a cast to 64 bits");
}

void Generator::pair_instruction(const Instruction& i) {
  switch (i.op) {
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::mul:
          pair_multiply(i);
          return;
        case BinaryOp::shl:
        case BinaryOp::lshr:
        case BinaryOp::ashr:
          pair_shift(i);
          return;
        default:
          pair_binary(i);
          return;
      }
    case Opcode::cast:
      pair_cast(i);
      return;
    case Opcode::freeze:
      move(result(i, 0), word(operand(i, 0), 0));
      move(result(i, 1), word(operand(i, 0), 1));
      return;
    default:
      refuse("an instruction with 64 bits as its result");
  }
}

}  // namespace jit
