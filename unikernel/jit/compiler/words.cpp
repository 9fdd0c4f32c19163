// Integers of up to 32 bits, and pointers. Their bits above the type's width are 0, except where
// nobody looks (Selection::loose).
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// Naming it takes eax.
/// Where a result is computed: in its own register, if `busy` does not need that until the end,
/// else in eax.
Register Generator::work(const Place& to, const Source& busy) const {
  return !to.is_memory && !busy.reads(to.reg) ? to.reg : eax;
}

void Generator::finish(const Place& to, Register from) {
  if (to.is_memory) {
    encoder_.keep(from, to);
  } else if (to.reg != from) {
    encoder_.op(op::mov_load, to.reg, in_register(from));
  }
}

void Generator::alu(Alu which, const Place& to, const Source& a, const Source& b, bool commutes) {
  if (to.is_memory) {
    // In place, where it stands already.
    if (!a.is_constant && same_place(a.place, to) && (b.is_constant || !b.place.is_memory)) {
      b.is_constant ? encoder_.alu_constant(which, to, b.constant)
                    : encoder_.alu_to_place(which, to, b.place.reg);
      return;
    }
    if (commutes && !b.is_constant && same_place(b.place, to) &&
        (a.is_constant || !a.place.is_memory)) {
      alu(which, to, b, a, false);
      return;
    }
  }
  if (!to.is_memory && !a.in(to.reg) && b.reads(to.reg)) {
    if (commutes && b.in(to.reg)) {
      alu(which, to, b, a, false);
      return;
    }
  }
  if (b.reads(eax)) {
    // What is left for the first operand, where the second took eax?
    if (commutes && b.in(eax) && !to.is_memory && a.in(to.reg)) {
      encoder_.alu(which, to.reg, in_register(eax));
      return;
    }
    if (commutes) {
      load(eax, b);
      a.is_constant ? encoder_.alu_constant(which, in_register(eax), a.constant)
                    : encoder_.alu(which, eax, a.place);
      finish(to, eax);
      return;
    }
    if (to.is_memory || (b.reads(to.reg) && !a.in(to.reg))) {
      // Only sub comes here: a - b = -(b - a).
      load(eax, b);
      a.is_constant ? encoder_.alu_constant(Alu::sub, in_register(eax), a.constant)
                    : encoder_.alu(Alu::sub, eax, a.place);
      encoder_.op(op::unary, 3, in_register(eax));
      finish(to, eax);
      return;
    }
  }
  const Register in = a.reads(eax) && to.is_memory ? eax : work(to, a.in(to.reg) ? Source{} : b);
  load(in, a);
  b.is_constant ? encoder_.alu_constant(which, in_register(in), b.constant)
                : encoder_.alu(which, in, b.place);
  finish(to, in);
}

void Generator::multiply(const Place& to, const Source& a, const Source& b) {
  if (a.is_constant && !b.is_constant) {
    multiply(to, b, a);
    return;
  }
  const Register in = to.is_memory ? eax : to.reg;
  if (b.is_constant) {
    const uint32_t c = b.constant;
    if (a.is_constant) {
      load(in, a);
      encoder_.imul_constant(in, in_register(in), c);
    } else if (c != 0 && (c & (c - 1)) == 0) {
      load(in, a);
      if (c != 1) {
        encoder_.shift(Shift::shl, in_register(in), static_cast<uint8_t>(__builtin_ctz(c)));
      }
    } else if ((c == 3 || c == 5 || c == 9) && a.is_register()) {
      const auto scale = static_cast<uint8_t>(c == 3 ? 1 : c == 5 ? 2 : 3);
      encoder_.op(op::lea, in, in_memory({a.place.reg, a.place.reg, scale, 0}));
    } else {
      encoder_.imul_constant(in, a.place, c);
    }
    finish(to, in);
    return;
  }
  if (a.in(in)) {
    encoder_.op(op::imul, in, b.place);
  } else if (b.in(in)) {
    encoder_.op(op::imul, in, a.place);
  } else if (b.reads(in)) {
    load(eax, b);
    encoder_.op(op::imul, eax, a.place);
    finish(to, eax);
    return;
  } else {
    load(in, a);
    encoder_.op(op::imul, in, b.place);
  }
  finish(to, in);
}

/// `from`, whose upper bits may be anything, as a signed number of 32 bits.
void Generator::sign_extend(Register to, const Source& from, uint32_t bits) {
  if (bits == 32 || from.is_constant) {
    Source extended = from;
    if (from.is_constant && bits < 32) {
      extended.constant =
          static_cast<uint32_t>(static_cast<int32_t>(from.constant << (32 - bits)) >> (32 - bits));
    }
    load(to, extended);
    return;
  }
  if (bits == 8 || bits == 16) {
    Place place = from.place;
    if (bits == 8 && !place.is_memory && !has_low_byte(place.reg)) {
      load(eax, from);
      place = in_register(eax);
    }
    encoder_.op(bits == 8 ? op::movsx8 : op::movsx16, to, place);
    return;
  }
  load(to, from);
  const auto unused = static_cast<uint8_t>(32 - bits);
  encoder_.shift(Shift::shl, in_register(to), unused);
  encoder_.shift(Shift::sar, in_register(to), unused);
}

/// Clears what stands above the width of i's result in `reg`.
void Generator::clean(Register reg, uint32_t bits) {
  if (bits >= 32) return;
  if (bits == 16) {
    encoder_.op(op::movzx16, reg, in_register(reg));
  } else if (bits == 8 && has_low_byte(reg)) {
    encoder_.op(op::movzx8, reg, in_register(reg));
  } else {
    encoder_.alu_constant(Alu::and_, in_register(reg), mask_of(bits));
  }
}
void Generator::clean_result(const Instruction& i) {
  const uint32_t bits = word_bits(type(i.type));
  if (bits >= 32 || selection_.loose[i.result - body_.base]) return;
  const Place to = result(i);
  if (!to.is_memory) {
    clean(to.reg, bits);
  } else {
    encoder_.alu_constant(Alu::and_, to, mask_of(bits));
  }
}

void Generator::binary(const Instruction& i) {
  const Place to = result(i);
  const auto which = static_cast<BinaryOp>(i.code);
  ValueId first = operand(i, 0), second = operand(i, 1);
  // What may need eax for itself comes last; a memory operand comes second.
  if (role(first) == Role::operand && which != BinaryOp::sub && !constants_.is_constant(second)) {
    const ValueId t = first;
    first = second;
    second = t;
  }
  const bool commutes = which != BinaryOp::sub;
  if (commutes && needs_eax(first)) {
    const ValueId t = first;
    first = second;
    second = t;
  }
  const Source b = word(second);
  const Source a = word(first);
  switch (which) {
    case BinaryOp::add:
      if (!to.is_memory && a.is_register() && !a.in(to.reg)) {
        if (b.is_constant) {
          encoder_.op(op::lea, to.reg,
                      in_memory({a.place.reg, kNoRegister, 0, static_cast<int32_t>(b.constant)}));
          break;
        }
        if (b.is_register() && !b.in(to.reg)) {
          encoder_.op(op::lea, to.reg, in_memory({a.place.reg, b.place.reg, 0, 0}));
          break;
        }
      }
      alu(Alu::add, to, a, b, true);
      break;
    case BinaryOp::sub:
      if (b.is_constant && !to.is_memory && a.is_register() && !a.in(to.reg)) {
        encoder_.op(
            op::lea, to.reg,
            in_memory({a.place.reg, kNoRegister, 0, static_cast<int32_t>(0U - b.constant)}));
        break;
      }
      if (a.is_constant && a.constant == 0 && !b.is_constant) {
        const Register in = to.is_memory ? eax : to.reg;
        load(in, b);
        encoder_.op(op::unary, 3, in_register(in));
        finish(to, in);
        break;
      }
      alu(Alu::sub, to, a, b, false);
      break;
    case BinaryOp::and_:
      if (b.is_constant && !to.is_memory && (b.constant == 0xFF || b.constant == 0xFFFF) &&
          !a.is_constant) {
        Place place = a.place;
        if (b.constant == 0xFF && !place.is_memory && !has_low_byte(place.reg)) {
          alu(Alu::and_, to, a, b, true);
          break;
        }
        encoder_.op(b.constant == 0xFF ? op::movzx8 : op::movzx16, to.reg, place);
        break;
      }
      alu(Alu::and_, to, a, b, true);
      break;
    case BinaryOp::or_:
      alu(Alu::or_, to, a, b, true);
      break;
    case BinaryOp::xor_:
      if (b.is_constant && b.constant == mask_of(word_bits(type(i.type))) && b.constant == ~0U) {
        const Register in = to.is_memory ? eax : to.reg;
        load(in, a);
        encoder_.op(op::unary, 2, in_register(in));
        finish(to, in);
        break;
      }
      alu(Alu::xor_, to, a, b, true);
      break;
    default:
      multiply(to, a, b);
      break;
  }
  if (which == BinaryOp::add || which == BinaryOp::sub || which == BinaryOp::mul) clean_result(i);
}

void Generator::shift(const Instruction& i) {
  const auto which = static_cast<BinaryOp>(i.code);
  const Shift kind = which == BinaryOp::shl    ? Shift::shl
                     : which == BinaryOp::lshr ? Shift::shr
                                               : Shift::sar;
  const uint32_t bits = word_bits(type(i.type));
  const Place to = result(i);
  const auto take = [&](Register in, const Source& a) {
    kind == Shift::sar ? sign_extend(in, a, bits) : load(in, a);
  };
  const Source count = word(operand(i, 1));
  if (count.is_constant) {
    const Source a = word(operand(i, 0));
    const auto by = static_cast<uint8_t>(count.constant & 31);
    if (to.is_memory && !a.is_constant && same_place(a.place, to) && bits == 32) {
      encoder_.shift(kind, to, by);
      return;
    }
    const Register in = to.is_memory ? eax : to.reg;
    if (kind == Shift::shl && by >= 1 && by <= 3 && a.is_register() && a.place.reg != in) {
      encoder_.op(op::lea, in, in_memory({kNoRegister, a.place.reg, by, 0}));
    } else {
      take(in, a);
      if (by != 0) encoder_.shift(kind, in_register(in), by);
    }
    finish(to, in);
  } else {
    // The count may be in the result's register, or the result in ecx: then eax is where it is
    // made.
    const Register in = to.is_memory || to.reg == ecx || count.reads(to.reg) ? eax : to.reg;
    if (count.reads(eax)) {
      encoder_.op(op::mov_load, ecx, count.place);
      take(in, word(operand(i, 0)));
    } else {
      take(in, word(operand(i, 0)));
      load(ecx, count);
    }
    encoder_.shift_by_cl(kind, in_register(in));
    finish(to, in);
  }
  if (kind != Shift::shr) clean_result(i);
}

void Generator::word_cast(const Instruction& i) {
  const Place to = result(i);
  const ValueId from = operand(i, 0);
  const Register in = to.is_memory ? eax : to.reg;
  const uint32_t bits = word_bits(type(i.type));
  switch (static_cast<CastOp>(i.code)) {
    case CastOp::sext: {
      const uint32_t width = bits_of(from);
      const Source a = word(from);
      if (width == 1 && !a.is_constant) {
        load(in, a);
        encoder_.op(op::unary, 3, in_register(in));
      } else {
        sign_extend(in, a, width);
      }
      finish(to, in);
      clean_result(i);
      return;
    }
    case CastOp::trunc:
    case CastOp::zext:
    case CastOp::inttoptr:
    case CastOp::ptrtoint: {
      const Source a = word(from);
      Place place = a.place;
      if (bits == 8 && !a.is_constant && (place.is_memory || has_low_byte(place.reg))) {
        encoder_.op(op::movzx8, in, place);
      } else if (bits == 16 && !a.is_constant) {
        encoder_.op(op::movzx16, in, place);
      } else {
        load(in, a);
        clean(in, bits);
      }
      finish(to, in);
      return;
    }
    case CastOp::bitcast:
      if (kind(from) == PartKind::single) {
        const Place source = vector(from);
        if (source.is_memory) {
          encoder_.op(op::mov_load, in, source);
          finish(to, in);
        } else {
          encoder_.op(op::movd_store, source.reg, to);
        }
        return;
      }
      break;
    case CastOp::fptosi:
    case CastOp::fptoui:
      real_to_word(i);
      return;
    default:
      break;
  }
  move(to, word(from));
}

void Generator::word_instruction(const Instruction& i) {
  switch (i.op) {
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::shl:
        case BinaryOp::lshr:
        case BinaryOp::ashr:
          shift(i);
          return;
        case BinaryOp::udiv:
        case BinaryOp::sdiv:
        case BinaryOp::urem:
        case BinaryOp::srem:
          divide(i);
          return;
        default:
          binary(i);
          return;
      }
    case Opcode::cast:
      word_cast(i);
      return;
    case Opcode::getelementptr:
      address(i);
      return;
    case Opcode::compare:
      compare_value(i);
      return;
    case Opcode::freeze:
      move(result(i), word(operand(i, 0)));
      return;
    default:
      refuse("an instruction with a word as its result");
  }
}

}  // namespace jit
