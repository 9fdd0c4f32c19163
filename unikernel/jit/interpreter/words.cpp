// Values of one word: trees of them run through the accumulator.
#include "interpreter/lowering.h"

namespace jit {
namespace {

/// A member of a family: its forms stand one behind the other (ops.h).
Op member(Op family, uint32_t form) {
  return static_cast<Op>(static_cast<uint32_t>(family) + form);
}

// In the order of JIT_BINARY_FORMS and JIT_UNARY_FORMS; + 1: also to a slot.
constexpr uint32_t kAccSlot = 0, kAccConstant = 2, kSlotSlot = 4, kSlotConstant = 6;
constexpr uint32_t kAcc = 0, kSlot = 2;

}  // namespace

void Lowering::accumulator_constant(Op family, uint32_t c, uint32_t to) {
  assembler_.emit(member(family, kAccConstant + (to != kNowhere ? 1 : 0)), c);
  if (to != kNowhere) assembler_.cell(to);
  holds_word_ = kNone;
}

void Lowering::accumulator_unary(Op family, uint32_t to) {
  assembler_.op(member(family, kAcc + (to != kNowhere ? 1 : 0)));
  if (to != kNowhere) assembler_.cell(to);
  holds_word_ = kNone;
}

void Lowering::unary(Op family, ValueId a, uint32_t to) {
  uint32_t slot = 0;
  if (!holds(a) && find(a, slot)) {
    assembler_.emit(member(family, kSlot + (to != kNowhere ? 1 : 0)), slot);
    if (to != kNowhere) assembler_.cell(to);
    holds_word_ = kNone;
    return;
  }
  word(a, kNowhere);
  accumulator_unary(family, to);
}

void Lowering::binary_constant(Op family, ValueId a, uint32_t c, uint32_t to) {
  uint32_t slot = 0;
  if (!holds(a) && find(a, slot)) {
    assembler_.emit(member(family, kSlotConstant + (to != kNowhere ? 1 : 0)), slot, c);
    if (to != kNowhere) assembler_.cell(to);
    holds_word_ = kNone;
    return;
  }
  word(a, kNowhere);
  accumulator_constant(family, c, to);
}

/// `exchanged`: the family that computes the same of (b, a); the same where it commutes.
void Lowering::binary(Op family, ValueId a, ValueId b, bool commutes, Op exchanged, uint32_t to) {
  uint32_t c = 0;
  if (constants_.word(b, c)) {
    binary_constant(family, a, c, to);
    return;
  }
  const bool can_exchange = commutes || exchanged != family;
  if (constants_.word(a, c) && can_exchange) {
    binary_constant(exchanged, b, c, to);
    return;
  }
  const uint32_t d = to != kNowhere ? 1 : 0;
  uint32_t slot_a = 0, slot_b = 0;
  const bool at_a = find(a, slot_a), at_b = find(b, slot_b);
  if (at_b) {
    if (at_a && !holds(a)) {
      if (holds(b) && can_exchange) {
        assembler_.emit(member(exchanged, kAccSlot + d), slot_a);
      } else {
        assembler_.emit(member(family, kSlotSlot + d), slot_a, slot_b);
      }
    } else {
      word(a, kNowhere);
      assembler_.emit(member(family, kAccSlot + d), slot_b);
    }
  } else if (can_exchange) {
    if (!at_a) slot_a = slot_of(a);
    word(b, kNowhere);
    assembler_.emit(member(exchanged, kAccSlot + d), slot_a);
  } else {
    slot_b = temporary(1);
    word(b, slot_b);
    if (find(a, slot_a) && !holds(a)) {
      assembler_.emit(member(family, kSlotSlot + d), slot_a, slot_b);
    } else {
      word(a, kNowhere);
      assembler_.emit(member(family, kAccSlot + d), slot_b);
    }
  }
  if (to != kNowhere) assembler_.cell(to);
  holds_word_ = kNone;
}

void Lowering::word(ValueId id, uint32_t to) {
  if (holds(id)) {
    if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
    return;
  }
  uint32_t c = 0, slot = 0;
  if (constants_.word(id, c)) {
    if (to == kNowhere) {
      assembler_.emit(Op::move_constant_, c);
      holds_word_ = kNone;
    } else {
      assembler_.emit(Op::put_constant_, to, c);
    }
    return;
  }
  if (find(id, slot)) {
    if (slot == to) return;
    assembler_.emit(to == kNowhere ? Op::copy_s_a_ : Op::copy_s_d_, slot);
    if (to != kNowhere) assembler_.cell(to);
    holds_word_ = id;
    return;
  }
  if (fold(id) == Fold::place) {
    assembler_.emit(member(Op::add_as_a_, kSlotConstant + (to != kNowhere ? 1 : 0)), place_slot(),
                    place_offset(*source(id)));
    if (to != kNowhere) assembler_.cell(to);
    holds_word_ = kNone;
    return;
  }
  const Instruction* const i = source(id);
  if (i == nullptr) {
    refuse("a constant that is not computed");
    return;
  }
  word_of(*i, to);
  holds_word_ = kNone;
}

void Lowering::word_of(const Instruction& i, uint32_t to) {
  switch (i.op) {
    case Opcode::binary:
      integer_binary(i, to);
      return;
    case Opcode::compare: {
      const Form of = form(operand(i, 0));
      if (of == Form::word) {
        integer_compare(i, to);
      } else if (of == Form::pair) {
        pair_compare(i, to);
      } else if (of == Form::many) {
        refuse("a comparison of vectors that gives a word");
      } else {
        real_compare(i, to);
      }
      return;
    }
    case Opcode::cast:
      word_cast(i, to);
      return;
    case Opcode::load:
      load_word(i, to);
      return;
    case Opcode::getelementptr:
      pointer_word(i, to);
      return;
    case Opcode::freeze:
      word(operand(i, 0), to);
      return;
    case Opcode::select:
      select(i);
      return;
    case Opcode::extract_value:
    case Opcode::extract_element: {
      uint32_t slot = 0;
      if (i.op == Opcode::extract_value) {
        if (!aggregate_place(i, slot)) {
          wide(i);
          slot = wide_result_;
        }
        copy_word(slot, to);
      } else {
        element(i);
        if (to == kNowhere) assembler_.emit(Op::copy_s_a_, wide_result_);
      }
      holds_word_ = kNone;
      return;
    }
    case Opcode::call:
      word_of_call(i, to);
      return;
    default:
      refuse("an instruction that gives a word");
  }
}

void Lowering::signed_word(ValueId id, uint32_t bits, uint32_t to) {
  if (bits == 32) {
    word(id, to);
  } else if (bits == 8) {
    unary(Op::sext8_a_a_, id, to);
  } else if (bits == 16) {
    unary(Op::sext16_a_a_, id, to);
  } else {
    binary_constant(Op::sext_as_a_, id, 32 - bits, to);
  }
}

void Lowering::integer_binary(const Instruction& i, uint32_t to) {
  const uint32_t bits = type(i.type).count;
  const ValueId a = operand(i, 0), b = operand(i, 1);
  const auto op = static_cast<BinaryOp>(i.code);
  const bool narrow = bits < 32;
  const uint32_t mask = mask_of(bits);
  const uint32_t direct =
      narrow ? kNowhere : to;  // where the masked result goes is said at the end
  switch (op) {
    case BinaryOp::add:
      binary(Op::add_as_a_, a, b, true, Op::add_as_a_, direct);
      break;
    case BinaryOp::sub:
      binary(Op::sub_as_a_, a, b, false, Op::rsub_as_a_, direct);
      break;
    case BinaryOp::mul:
      binary(Op::mul_as_a_, a, b, true, Op::mul_as_a_, direct);
      break;
    case BinaryOp::shl:
      binary(Op::shl_as_a_, a, b, false, Op::shl_as_a_, direct);
      break;
    case BinaryOp::and_:
      binary(Op::and_as_a_, a, b, true, Op::and_as_a_, to);
      return;
    case BinaryOp::or_:
      binary(Op::or_as_a_, a, b, true, Op::or_as_a_, to);
      return;
    case BinaryOp::xor_:
      binary(Op::xor_as_a_, a, b, true, Op::xor_as_a_, to);
      return;
    case BinaryOp::lshr:
      binary(Op::lshr_as_a_, a, b, false, Op::lshr_as_a_, to);
      return;
    case BinaryOp::ashr: {
      if (!narrow) {
        binary(Op::ashr_as_a_, a, b, false, Op::ashr_as_a_, to);
        return;
      }
      uint32_t c = 0;
      if (constants_.word(b, c)) {
        signed_word(a, bits, kNowhere);
        accumulator_constant(Op::ashr_as_a_, c, kNowhere);
      } else {
        const uint32_t amount = slot_of(b);
        signed_word(a, bits, kNowhere);
        assembler_.emit(Op::ashr_as_a_, amount);
      }
      break;
    }
    case BinaryOp::udiv:
    case BinaryOp::sdiv:
    case BinaryOp::urem:
    case BinaryOp::srem: {
      const bool is_signed = op == BinaryOp::sdiv || op == BinaryOp::srem;
      const uint32_t result = to != kNowhere ? to : temporary(1);
      if (narrow && is_signed) {
        // INT_MIN / -1 of a narrow width does not fault, and is not defined.
        const uint32_t left = temporary(1), right = temporary(1);
        signed_word(a, bits, left);
        signed_word(b, bits, right);
        assembler_.emit(op == BinaryOp::sdiv ? Op::sdiv_ : Op::srem_, left, right, result);
        accumulator_constant(Op::and_as_a_, mask, result);
        return;
      }
      const uint32_t left = slot_of(a), right = slot_of(b);
      const Op which = op == BinaryOp::udiv   ? Op::udiv_
                       : op == BinaryOp::urem ? Op::urem_
                       : op == BinaryOp::sdiv ? Op::sdiv_
                                              : Op::srem_;
      assembler_.emit(which, left, right, result);
      holds_word_ = kNone;
      return;
    }
    default:
      refuse("a floating-point operation on words");
      return;
  }
  if (narrow) accumulator_constant(Op::and_as_a_, mask, to);
}

void Lowering::integer_compare(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 0), b = operand(i, 1);
  const Type& of = type(type_of(a));
  const uint32_t bits = of.kind == TypeKind::integer ? of.count : 32;
  const uint32_t which = static_cast<uint32_t>(i.code) - static_cast<uint32_t>(Predicate::eq);
  // ops.h has them in this order. Exchanged: ugt and ult, uge and ule, and so on.
  constexpr uint8_t kExchanged[] = {0, 1, 4, 5, 2, 3, 8, 9, 6, 7};
  const auto family = [](uint32_t p) {
    return static_cast<Op>(static_cast<uint32_t>(Op::eq_as_a_) + 8 * p);
  };
  if (which < 6 || bits == 32) {
    binary(family(which), a, b, which < 2, family(kExchanged[which]), to);
    return;
  }
  uint32_t c = 0;
  if (constants_.word(b, c)) {
    signed_word(a, bits, kNowhere);
    const uint32_t unused = 32 - bits;
    accumulator_constant(family(which),
                         static_cast<uint32_t>(static_cast<int32_t>(c << unused) >> unused), to);
    return;
  }
  const uint32_t right = temporary(1);
  signed_word(b, bits, right);
  signed_word(a, bits, kNowhere);
  assembler_.emit(member(family(which), kAccSlot + (to != kNowhere ? 1 : 0)), right);
  if (to != kNowhere) assembler_.cell(to);
  holds_word_ = kNone;
}

void Lowering::pair_compare(const Instruction& i, uint32_t to) {
  uint32_t a = slot_of(operand(i, 0)), b = slot_of(operand(i, 1));
  const uint32_t bits = type(type_of(operand(i, 0))).count;
  auto which = static_cast<Predicate>(i.code);
  const bool is_signed = which >= Predicate::sgt;
  if (is_signed && bits < 64) {
    // Compared in the upper bits, where a sign is a sign.
    const uint32_t words[2] = {64 - bits, 0};
    const uint32_t amount = constant_slot(words, 2), left = temporary(2), right = temporary(2);
    assembler_.emit(Op::shl64_, a, amount, left);
    assembler_.emit(Op::shl64_, b, amount, right);
    a = left;
    b = right;
  }
  bool negate = false;
  Op op = Op::eq64_;
  switch (which) {
    case Predicate::eq:
      break;
    case Predicate::ne:
      negate = true;
      break;
    case Predicate::ult:
      op = Op::ult64_;
      break;
    case Predicate::ule:
      op = Op::ule64_;
      break;
    case Predicate::uge:
      op = Op::ult64_;
      negate = true;
      break;
    case Predicate::ugt:
      op = Op::ule64_;
      negate = true;
      break;
    case Predicate::slt:
      op = Op::slt64_;
      break;
    case Predicate::sle:
      op = Op::sle64_;
      break;
    case Predicate::sge:
      op = Op::slt64_;
      negate = true;
      break;
    default:
      op = Op::sle64_;
      negate = true;
  }
  assembler_.emit(op, a, b);
  holds_word_ = kNone;
  if (negate) {
    accumulator_unary(Op::is_zero_a_a_, to);
  } else if (to != kNowhere) {
    assembler_.emit(Op::copy_a_d_, to);
  }
}

void Lowering::word_cast(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 0);
  const Form from = form(a);
  const uint32_t bits = type(i.type).kind == TypeKind::integer ? type(i.type).count : 32;
  switch (static_cast<CastOp>(i.code)) {
    case CastOp::zext:
    case CastOp::inttoptr:
    case CastOp::ptrtoint:
    case CastOp::trunc:
      if (from == Form::pair) {
        const uint32_t slot = slot_of(a);
        if (bits < 32) {
          assembler_.emit(member(Op::and_as_a_, kSlotConstant + (to != kNowhere ? 1 : 0)), slot,
                          mask_of(bits));
          if (to != kNowhere) assembler_.cell(to);
        } else {
          copy_word(slot, to);
        }
        holds_word_ = kNone;
      } else if (bits < 32 && static_cast<CastOp>(i.code) != CastOp::zext) {
        binary_constant(Op::and_as_a_, a, mask_of(bits), to);
      } else {
        word(a, to);
      }
      return;
    case CastOp::sext:
      if (bits < 32) {
        signed_word(a, type(type_of(a)).count, kNowhere);
        accumulator_constant(Op::and_as_a_, mask_of(bits), to);
      } else {
        signed_word(a, type(type_of(a)).count, to);
      }
      return;
    case CastOp::fptosi:
    case CastOp::fptoui: {
      const bool is_signed = static_cast<CastOp>(i.code) == CastOp::fptosi;
      const Op family = is_signed
                            ? of_width(type_of(a), Op::f32_to_sint_a_a_, Op::f64_to_sint_a_a_)
                            : of_width(type_of(a), Op::f32_to_uint_a_a_, Op::f64_to_uint_a_a_);
      convert(family, a, bits < 32 ? kNowhere : to);
      if (bits < 32) accumulator_constant(Op::and_as_a_, mask_of(bits), to);
      return;
    }
    case CastOp::bitcast:
      if (from == Form::single) {
        convert(Op::f32_to_bits_a_a_, a, to);
      } else if (from == Form::many) {
        wide(i);
        assembler_.emit(Op::copy_s_a_, wide_result_);
        if (to != kNowhere && to != wide_result_) assembler_.emit(Op::copy_a_d_, to);
      } else {
        word(a, to);
      }
      holds_word_ = kNone;
      return;
    default:
      refuse("a cast to a word");
      return;
  }
}

void Lowering::word_of_call(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 1);
  const uint32_t bits = type(i.type).kind == TypeKind::integer ? type(i.type).count : 32;
  switch (intrinsic_of_call(module_, body_, i)) {
    case Intrinsic::expect:
    case Intrinsic::launder:
      word(a, to);
      return;
    case Intrinsic::is_constant:
      word(body_.operands[i.first + 1], kNowhere);
      assembler_.emit(Op::move_constant_, 0);
      if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
      return;
    case Intrinsic::umin:
      binary(Op::umin_as_a_, a, operand(i, 2), true, Op::umin_as_a_, to);
      return;
    case Intrinsic::umax:
      binary(Op::umax_as_a_, a, operand(i, 2), true, Op::umax_as_a_, to);
      return;
    case Intrinsic::smin:
    case Intrinsic::smax: {
      const Op family =
          intrinsic_of_call(module_, body_, i) == Intrinsic::smin ? Op::smin_as_a_ : Op::smax_as_a_;
      if (bits == 32) {
        binary(family, a, operand(i, 2), true, family, to);
        return;
      }
      const uint32_t right = temporary(1);
      signed_word(operand(i, 2), bits, right);
      signed_word(a, bits, kNowhere);
      assembler_.emit(family, right);
      accumulator_constant(Op::and_as_a_, mask_of(bits), to);
      return;
    }
    case Intrinsic::abs:
      if (bits == 32) {
        unary(Op::abs_a_a_, a, to);
      } else {
        signed_word(a, bits, kNowhere);
        accumulator_unary(Op::abs_a_a_, kNowhere);
        accumulator_constant(Op::and_as_a_, mask_of(bits), to);
      }
      return;
    case Intrinsic::bswap:
      unary(Op::bswap_a_a_, a, bits == 32 ? to : kNowhere);
      if (bits < 32) accumulator_constant(Op::lshr_as_a_, 32 - bits, to);
      return;
    case Intrinsic::ctlz:
      unary(Op::clz_a_a_, a, bits == 32 ? to : kNowhere);
      if (bits < 32) accumulator_constant(Op::sub_as_a_, 32 - bits, to);
      return;
    case Intrinsic::cttz:
      unary(Op::ctz_a_a_, a, bits == 32 ? to : kNowhere);
      if (bits < 32) accumulator_constant(Op::umin_as_a_, bits, to);
      return;
    case Intrinsic::ctpop:
      unary(Op::popcount_a_a_, a, to);
      return;
    case Intrinsic::fshl:
    case Intrinsic::fshr: {
      const ValueId amount = operand(i, 3);
      const bool left = intrinsic_of_call(module_, body_, i) == Intrinsic::fshl;
      uint32_t c = 0;
      if (constants_.word(amount, c)) {
        binary_constant(Op::rotl_as_a_, a, (left ? c : 0 - c) & 31, to);
      } else if (left) {
        binary(Op::rotl_as_a_, a, amount, false, Op::rotl_as_a_, to);
      } else {
        const uint32_t negative = temporary(1);
        binary_constant(Op::rsub_as_a_, amount, 0, negative);
        if (!find(a, c)) c = slot_of(a);
        assembler_.emit(member(Op::rotl_as_a_, kSlotSlot + (to != kNowhere ? 1 : 0)), c, negative);
        if (to != kNowhere) assembler_.cell(to);
        holds_word_ = kNone;
      }
      return;
    }
    default:
      refuse("a call that gives a word");
  }
}

}  // namespace jit
