// Comparisons of integers, as values. Those that a branch alone asks for are in control.cpp.
#include "interpreter/lowering.h"
#include "support/bytes.h"

namespace jit {

void Lowering::integer_compare(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 0), b = operand(i, 1);
  const uint32_t bits = word_bits(type(type_of(a)));
  const uint32_t which = static_cast<uint32_t>(i.code) - static_cast<uint32_t>(Predicate::eq);
  const auto family = [](uint32_t p) { return member(Op::eq_as_a_, binary_form::kCount * p); };
  if (which < 6 || bits == 32) {
    binary(family(which), a, b, which < 2, family(kExchanged[which]), to);
    return;
  }
  uint32_t c = 0;
  if (constants_.word(b, c)) {
    signed_word(a, bits, kNowhere);
    accumulator_constant(family(which), static_cast<uint32_t>(signed_number(c, bits)), to);
    return;
  }
  const uint32_t right = temporary(1);
  signed_word(b, bits, right);
  signed_word(a, bits, kNowhere);
  emit_to(family(which), binary_form::kAccSlot, to, right);
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

}  // namespace jit
