// Calls that are operations on words: a few steps through the accumulator.
#include "interpreter/lowering.h"

namespace jit {

void Lowering::word_of_call(const Instruction& i, uint32_t to) {
  const ValueId a = operand(i, 1);
  const uint32_t bits = word_bits(type(i.type));
  switch (intrinsic_of_call(module_, body_, i)) {
    case Intrinsic::expect:
    case Intrinsic::launder:
      word(a, to);
      return;
    case Intrinsic::is_constant:
      assembler_.emit(Op::move_constant_, 0);
      holds_word_ = kNone;
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
        emit_to(Op::rotl_as_a_, binary_form::kSlotSlot, to, c, negative);
        holds_word_ = kNone;
      }
      return;
    }
    default:
      refuse("a call that gives a word");
  }
}

}  // namespace jit
