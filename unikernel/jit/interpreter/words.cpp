// Values of one word: trees of them run through the accumulator.
#include "interpreter/lowering.h"

namespace jit {
void Lowering::accumulator_constant(Op family, uint32_t c, uint32_t to) {
  emit_to(family, binary_form::kAccConstant, to, c);
  holds_word_ = kNone;
}

void Lowering::accumulator_unary(Op family, uint32_t to) {
  emit_to(family, unary_form::kAcc, to);
  holds_word_ = kNone;
}

void Lowering::unary(Op family, ValueId a, uint32_t to) {
  uint32_t slot = 0;
  if (!holds(a) && find(a, slot)) {
    emit_to(family, unary_form::kSlot, to, slot);
    holds_word_ = kNone;
    return;
  }
  word(a, kNowhere);
  accumulator_unary(family, to);
}

void Lowering::binary_constant(Op family, ValueId a, uint32_t c, uint32_t to) {
  uint32_t slot = 0;
  if (!holds(a) && find(a, slot)) {
    emit_to(family, binary_form::kSlotConstant, to, slot, c);
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
  uint32_t slot_a = 0, slot_b = 0;
  const bool at_a = find(a, slot_a), at_b = find(b, slot_b);
  if (at_b) {
    if (at_a && !holds(a)) {
      if (holds(b) && can_exchange) {
        emit_to(exchanged, binary_form::kAccSlot, to, slot_a);
      } else {
        emit_to(family, binary_form::kSlotSlot, to, slot_a, slot_b);
      }
    } else {
      word(a, kNowhere);
      emit_to(family, binary_form::kAccSlot, to, slot_b);
    }
  } else if (can_exchange) {
    if (!at_a) slot_a = slot_of(a);
    word(b, kNowhere);
    emit_to(exchanged, binary_form::kAccSlot, to, slot_a);
  } else {
    slot_b = temporary(1);
    word(b, slot_b);
    if (find(a, slot_a) && !holds(a)) {
      emit_to(family, binary_form::kSlotSlot, to, slot_a, slot_b);
    } else {
      word(a, kNowhere);
      emit_to(family, binary_form::kAccSlot, to, slot_b);
    }
  }
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
      is_in_slot_alone_ = true;
    }
    return;
  }
  if (find(id, slot)) {
    is_in_slot_alone_ = slot == to;
    if (slot == to) return;
    copy_word(slot, to);
    holds_word_ = id;
    return;
  }
  if (fold(id) == Fold::place) {
    emit_to(Op::add_as_a_, binary_form::kSlotConstant, to, place_slot(), place_offset(*source(id)));
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
      } else if (of == Form::many) {  // long double, an integer of more than 64 bits
        word_of_wide(i, to);
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

/// A word that wide() computes: from long double, or an integer of more than 64 bits.
void Lowering::word_of_wide(const Instruction& i, uint32_t to) {
  wide(i);
  copy_word(wide_result_, to);
}

void Lowering::word_cast(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 0);
  const Form from = form(a);
  const uint32_t bits = word_bits(type(i.type));
  switch (static_cast<CastOp>(i.code)) {
    case CastOp::zext:
    case CastOp::inttoptr:
    case CastOp::ptrtoint:
    case CastOp::trunc:
      if (from == Form::many) {  // an integer of more than 64 bits
        word_of_wide(i, to);
      } else if (from == Form::pair) {
        const uint32_t slot = slot_of(a);
        if (bits < 32) {
          emit_to(Op::and_as_a_, binary_form::kSlotConstant, to, slot, mask_of(bits));
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
      if (from == Form::many) {  // long double
        word_of_wide(i, to);
        return;
      }
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

}  // namespace jit
