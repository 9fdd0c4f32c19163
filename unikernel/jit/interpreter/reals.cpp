// Floats and doubles, through accumulators of their own.
#include "interpreter/lowering.h"

namespace jit {
void Lowering::real(ValueId id, uint32_t to) {
  const Op copies = of_width(type_of(id), Op::fcopy32_a_a_, Op::fcopy64_a_a_);
  if (id != kNone && holds_real_ == id) {
    if (to != kNowhere) assembler_.emit(member(copies, unary_form::kAcc + 1), to);
    return;
  }
  uint32_t slot = 0;
  if (constants_.is_constant(id)) {
    if (to != kNowhere) {
      uint32_t words[2] = {};
      if (!constants_.slots(id, words)) refuse("a constant that is not computed");
      put_words(assembler_, to, words, slots_of(module_, type_of(id)));
      is_in_slot_alone_ = true;
      return;
    }
    assembler_.emit(member(copies, unary_form::kSlot), constant_slot(id));
    holds_real_ = kNone;
    return;
  }
  if (find(id, slot)) {
    is_in_slot_alone_ = slot == to;
    if (slot == to) return;
    emit_to(copies, unary_form::kSlot, to, slot);
    holds_real_ = id;
    return;
  }
  const Instruction* const i = source(id);
  if (i == nullptr) {
    refuse("a constant that is not computed");
    return;
  }
  real_of(*i, to);
  holds_real_ = kNone;
}

void Lowering::real_unary(Op family, ValueId a, uint32_t to) {
  uint32_t slot = 0;
  if (holds_real_ != a && find(a, slot)) {
    emit_to(family, unary_form::kSlot, to, slot);
  } else {
    real(a, kNowhere);
    emit_to(family, unary_form::kAcc, to);
  }
  holds_real_ = kNone;
}

void Lowering::real_binary(Op family, ValueId a, ValueId b, uint32_t to) {
  uint32_t slot_a = 0, slot_b = 0;
  const bool at_b = holds_real_ != b && (constants_.is_constant(b) || find(b, slot_b));
  const bool at_a = holds_real_ != a && (constants_.is_constant(a) || find(a, slot_a));
  if (at_b) {
    slot_b = slot_of(b);
    if (at_a) {
      slot_a = slot_of(a);
      emit_to(family, real_form::kSlotSlot, to, slot_a, slot_b);
    } else {
      real(a, kNowhere);
      emit_to(family, real_form::kAccSlot, to, slot_b);
    }
  } else {
    slot_a = slot_of(a);
    real(b, kNowhere);
    emit_to(family, real_form::kSlotAcc, to, slot_a);
  }
  holds_real_ = kNone;
}

/// From one accumulator to another, or from a slot.
void Lowering::convert(Op family, ValueId a, uint32_t to) {
  uint32_t slot = 0;
  const Form from = form(a);
  const bool held = from == Form::word ? holds(a) : holds_real_ == a;
  if (!held && find(a, slot)) {
    emit_to(family, unary_form::kSlot, to, slot);
  } else {
    if (from == Form::word) {
      word(a, kNowhere);
    } else {
      real(a, kNowhere);
    }
    emit_to(family, unary_form::kAcc, to);
  }
  holds_word_ = holds_real_ = kNone;
}

void Lowering::real_of(const Instruction& i, uint32_t to) {
  const auto pick = [&](Op single, Op real) { return of_width(i.type, single, real); };
  const ValueId a = i.count > 0 ? operand(i, 0) : kNone;
  switch (i.op) {
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::fadd:
          real_binary(pick(Op::fadd32_as_a_, Op::fadd64_as_a_), a, operand(i, 1), to);
          return;
        case BinaryOp::fsub:
          real_binary(pick(Op::fsub32_as_a_, Op::fsub64_as_a_), a, operand(i, 1), to);
          return;
        case BinaryOp::fmul:
          real_binary(pick(Op::fmul32_as_a_, Op::fmul64_as_a_), a, operand(i, 1), to);
          return;
        case BinaryOp::fdiv:
          real_binary(pick(Op::fdiv32_as_a_, Op::fdiv64_as_a_), a, operand(i, 1), to);
          return;
        default:
          wide(i);
          break;  // frem
      }
      break;
    case Opcode::negate:
      real_unary(pick(Op::fneg32_a_a_, Op::fneg64_a_a_), a, to);
      return;
    case Opcode::load:
      load_real(i, to);
      return;
    case Opcode::freeze:
      real(a, to);
      return;
    case Opcode::select:
      wide(i);
      break;
    case Opcode::extract_value: {
      uint32_t slot = 0;
      if (!aggregate_place(i, slot)) {
        refuse("extractvalue of a constant");
        return;
      }
      emit_to(pick(Op::fcopy32_a_a_, Op::fcopy64_a_a_), unary_form::kSlot, to, slot);
      holds_real_ = kNone;
      return;
    }
    case Opcode::extract_element:
      element(i);
      break;
    case Opcode::cast: {
      const Form from = form(a);
      const Type& integer = type(type_of(a));
      switch (static_cast<CastOp>(i.code)) {
        case CastOp::fpext:
          if (from == Form::many) break;
          convert(Op::f32_to_f64_a_a_, a, to);
          return;
        case CastOp::fptrunc:
          if (from == Form::many) break;  // long double
          convert(Op::f64_to_f32_a_a_, a, to);
          return;
        case CastOp::uitofp:
          if (from != Form::word) break;
          convert(integer.count < 32 ? pick(Op::sint_to_f32_a_a_, Op::sint_to_f64_a_a_)
                                     : pick(Op::uint_to_f32_a_a_, Op::uint_to_f64_a_a_),
                  a, to);
          return;
        case CastOp::sitofp:
          if (from != Form::word) break;
          if (integer.count < 32) {
            signed_word(a, integer.count, kNowhere);
            emit_to(pick(Op::sint_to_f32_a_a_, Op::sint_to_f64_a_a_), unary_form::kAcc, to);
            holds_word_ = holds_real_ = kNone;
            return;
          }
          convert(pick(Op::sint_to_f32_a_a_, Op::sint_to_f64_a_a_), a, to);
          return;
        case CastOp::bitcast:
          if (from == Form::word) {
            convert(Op::bits_to_f32_a_a_, a, to);
            return;
          }
          if (from == form_of(type(i.type))) {
            real(a, to);
            return;
          }
          break;
        default:
          break;
      }
      wide(i);
      break;
    }
    case Opcode::call: {
      const ValueId x = operand(i, 1);
      switch (intrinsic_of_call(module_, body_, i)) {
        case Intrinsic::fabs:
          real_unary(pick(Op::fabs32_a_a_, Op::fabs64_a_a_), x, to);
          return;
        case Intrinsic::sqrt:
          real_unary(pick(Op::fsqrt32_a_a_, Op::fsqrt64_a_a_), x, to);
          return;
        case Intrinsic::fmuladd: {
          // Two roundings, as the target without fused operations has them.
          const uint32_t product = temporary(slots_of(module_, i.type));
          real_binary(pick(Op::fmul32_as_a_, Op::fmul64_as_a_), x, operand(i, 2), product);
          const uint32_t c = slot_of(operand(i, 3));
          emit_to(pick(Op::fadd32_as_a_, Op::fadd64_as_a_), real_form::kSlotSlot, to, product, c);
          holds_real_ = kNone;
          return;
        }
        default:
          refuse("a call that gives a float");
          return;
      }
    }
    default:
      refuse("an instruction that gives a float");
      return;
  }
  // What was computed in slots: of its own, or of a temporary that wide() left in wide_result_.
  emit_to(pick(Op::fcopy32_a_a_, Op::fcopy64_a_a_), unary_form::kSlot,
          to == wide_result_ ? kNowhere : to, wide_result_);
  holds_real_ = kNone;
}

void Lowering::real_compare(const Instruction& i, uint32_t to) {
  ValueId a = operand(i, 0), b = operand(i, 1);
  const auto predicate = static_cast<Predicate>(i.code);
  const auto pick = [&](Op single, Op real) { return of_width(type_of(a), single, real); };
  Op family = Op::foeq32_as_;
  bool exchange = false, negate = false;
  switch (predicate) {
    case Predicate::fcmp_false:
    case Predicate::fcmp_true: {
      const uint32_t answer = predicate == Predicate::fcmp_true ? 1 : 0;
      assembler_.emit(Op::move_constant_, answer);
      if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
      holds_word_ = kNone;
      return;
    }
    case Predicate::fcmp_oeq:
      family = pick(Op::foeq32_as_, Op::foeq64_as_);
      break;
    case Predicate::fcmp_une:
      family = pick(Op::foeq32_as_, Op::foeq64_as_);
      negate = true;
      break;
    case Predicate::fcmp_olt:
      family = pick(Op::folt32_as_, Op::folt64_as_);
      break;
    case Predicate::fcmp_ogt:
      family = pick(Op::folt32_as_, Op::folt64_as_);
      exchange = true;
      break;
    case Predicate::fcmp_uge:
      family = pick(Op::folt32_as_, Op::folt64_as_);
      negate = true;
      break;
    case Predicate::fcmp_ule:
      family = pick(Op::folt32_as_, Op::folt64_as_);
      exchange = negate = true;
      break;
    case Predicate::fcmp_ole:
      family = pick(Op::fole32_as_, Op::fole64_as_);
      break;
    case Predicate::fcmp_oge:
      family = pick(Op::fole32_as_, Op::fole64_as_);
      exchange = true;
      break;
    case Predicate::fcmp_ugt:
      family = pick(Op::fole32_as_, Op::fole64_as_);
      negate = true;
      break;
    case Predicate::fcmp_ult:
      family = pick(Op::fole32_as_, Op::fole64_as_);
      exchange = negate = true;
      break;
    case Predicate::fcmp_one:
      family = pick(Op::fone32_as_, Op::fone64_as_);
      break;
    case Predicate::fcmp_ueq:
      family = pick(Op::fone32_as_, Op::fone64_as_);
      negate = true;
      break;
    case Predicate::fcmp_ord:
      family = pick(Op::ford32_as_, Op::ford64_as_);
      break;
    case Predicate::fcmp_uno:
      family = pick(Op::ford32_as_, Op::ford64_as_);
      negate = true;
      break;
    default:
      refuse("a comparison of floats");
      return;
  }
  if (exchange) {
    const ValueId c = a;
    a = b;
    b = c;
  }
  uint32_t slot_a = 0, slot_b = 0;
  const bool at_a = constants_.is_constant(a) || find(a, slot_a);
  const bool at_b = constants_.is_constant(b) || find(b, slot_b);
  if (at_a && at_b) {
    slot_a = slot_of(a);
    slot_b = slot_of(b);
    if (holds_real_ == a) {
      assembler_.emit(member(family, compare_form::kAccSlot), slot_b);
    } else if (holds_real_ == b) {
      assembler_.emit(member(family, compare_form::kSlotAcc), slot_a);
    } else {
      assembler_.emit(member(family, compare_form::kSlotSlot), slot_a, slot_b);
    }
  } else if (at_b) {
    slot_b = slot_of(b);
    real(a, kNowhere);
    assembler_.emit(member(family, compare_form::kAccSlot), slot_b);
  } else {
    slot_a = slot_of(a);
    real(b, kNowhere);
    assembler_.emit(member(family, compare_form::kSlotAcc), slot_a);
  }
  holds_word_ = kNone;
  if (negate) {
    accumulator_unary(Op::is_zero_a_a_, to);
  } else if (to != kNowhere) {
    assembler_.emit(Op::copy_a_d_, to);
  }
}

}  // namespace jit
