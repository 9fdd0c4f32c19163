// Division of integers. By a constant it is a multiplication (Granlund and Montgomery, "Division by
// Invariant Integers using Multiplication", 1994).
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

bool Generator::divisor_of(const Instruction& i, uint32_t& divisor) const {
  const uint32_t bits = word_bits(type(i.type));
  if (!constant_word(operand(i, 1), 0, divisor) || divisor == 0) return false;
  const auto which = static_cast<BinaryOp>(i.code);
  const bool is_signed = which == BinaryOp::sdiv || which == BinaryOp::srem;
  // Of a signed one, only those above 1: a negative one, or -1, is divided by.
  return !is_signed || (bits == 32 && divisor > 1 && static_cast<int32_t>(divisor) > 0);
}

/// Division by zero, and of the least number by -1, end the program.
void Generator::check_division(const Source& divisor, bool is_signed) {
  if (options_.traps) return;  // the processor does
  const CodeLabel bad = end_label(Outcome::division);
  if (divisor.is_constant) {
    if (divisor.constant == 0) encoder_.jump(bad);
    if (!is_signed || divisor.constant != ~0U) return;
    encoder_.alu_constant(Alu::cmp, in_register(eax), 0x8000'0000U);
    encoder_.jump_if(Condition::equal, bad);
    return;
  }
  if (divisor.place.is_memory) {
    encoder_.alu_constant(Alu::cmp, divisor.place, 0);
  } else {
    encoder_.op(op::test, divisor.place.reg, divisor.place);
  }
  encoder_.jump_if(Condition::equal, bad);
  if (!is_signed) return;
  const CodeLabel good = encoder_.label();
  encoder_.alu_constant(Alu::cmp, divisor.place, ~0U);
  encoder_.jump_if(Condition::not_equal, good);
  encoder_.alu_constant(Alu::cmp, in_register(eax), 0x8000'0000U);
  encoder_.jump_if(Condition::equal, bad);
  encoder_.bind(good);
}

void Generator::divide(const Instruction& i) {
  uint32_t constant = 0;
  if (divisor_of(i, constant)) {
    divide_by_constant(i, constant);
    return;
  }
  const auto which = static_cast<BinaryOp>(i.code);
  const bool is_signed = which == BinaryOp::sdiv || which == BinaryOp::srem;
  const bool remainder = which == BinaryOp::urem || which == BinaryOp::srem;
  Source divisor = word(operand(i, 1));
  load(eax, word(operand(i, 0)));
  check_division(divisor, is_signed);
  if (divisor.is_constant) divisor.place = constant_bytes(divisor.constant, 0, 4);
  if (is_signed) {
    encoder_.cdq();
  } else {
    encoder_.alu(Alu::xor_, edx, in_register(edx));
  }
  encoder_.op(op::unary, is_signed ? 7 : 6, divisor.place);
  if (is_used(i)) finish(result(i), remainder ? edx : eax);
}

void Generator::divide_by_constant(const Instruction& i, uint32_t d) {
  const auto which = static_cast<BinaryOp>(i.code);
  const bool is_signed = which == BinaryOp::sdiv || which == BinaryOp::srem;
  const bool remainder = which == BinaryOp::urem || which == BinaryOp::srem;
  const Place to = result(i);
  const Source a = word(operand(i, 0));
  const auto power = static_cast<uint8_t>(31 - __builtin_clz(d));
  const bool is_power = (d & (d - 1)) == 0;
  if (!is_used(i)) return;
  if (is_power && !is_signed) {
    const Register in = to.is_memory ? eax : to.reg;
    load(in, a);
    if (remainder) {
      encoder_.alu_constant(Alu::and_, in_register(in), d - 1);
    } else if (power != 0) {
      encoder_.shift(Shift::shr, in_register(in), power);
    }
    finish(to, in);
    return;
  }
  if (is_power) {
    // Towards zero: a negative number is rounded up by what the shift would lose.
    load(eax, a);
    if (power > 1) encoder_.shift(Shift::sar, in_register(eax), 31);
    encoder_.shift(Shift::shr, in_register(eax), static_cast<uint8_t>(32 - power));
    a.is_constant ? encoder_.alu_constant(Alu::add, in_register(eax), a.constant)
                  : encoder_.alu(Alu::add, eax, a.place);
    if (!remainder) {
      encoder_.shift(Shift::sar, in_register(eax), power);
      finish(to, eax);
      return;
    }
    encoder_.alu_constant(Alu::and_, in_register(eax), ~(d - 1));
    alu(Alu::sub, to, a, source_at(in_register(eax)), false);
    return;
  }
  if (a.is_constant) {
    const auto n = static_cast<int32_t>(a.constant);
    const uint32_t quotient =
        is_signed ? static_cast<uint32_t>(n / static_cast<int32_t>(d)) : a.constant / d;
    move(to, source_of_constant(remainder ? a.constant - quotient * d : quotient));
    return;
  }
  if (!is_signed && word_bits(type(i.type)) <= 16) {
    // Of 16 bits, the product fits a register: m = floor(2^s / d) + 1 below 2^16, exact where
    // m d - 2^s <= 2^(s-16).
    for (uint32_t s = 16; s < 32; ++s) {
      const uint64_t m = (uint64_t{1} << s) / d + 1;
      if (m >= 65536 || m * d - (uint64_t{1} << s) > (uint64_t{1} << (s - 16))) continue;
      encoder_.imul_constant(eax, a.place, static_cast<uint32_t>(m));
      encoder_.shift(Shift::shr, in_register(eax), static_cast<uint8_t>(s));
      if (!remainder) {
        finish(to, eax);
        return;
      }
      encoder_.imul_constant(eax, in_register(eax), d);
      alu(Alu::sub, to, a, source_at(in_register(eax)), false);
      return;
    }
  }
  if (is_signed) {
    // For d in 3 .. 2^31-1 and shift = floor(log2 d) - 1, m fits 32 bits; read as signed it is
    // m - 2^32, and the dividend is added once more.
    const uint32_t shift = power - 1U;
    // From 2^30 on, 2^(32+shift) * 2: still below 2^63.
    const uint64_t m = (uint64_t{1} << (33 + shift)) / d + 1;
    encoder_.mov_constant(in_register(eax), static_cast<uint32_t>(m));
    encoder_.op(op::unary, 5, a.place);  // edx:eax
    if ((m >> 31 & 1) != 0) encoder_.alu(Alu::add, edx, a.place);
    encoder_.op(op::mov_load, eax, in_register(edx));
    encoder_.shift(Shift::shr, in_register(eax), 31);
    encoder_.shift(Shift::sar, in_register(edx), static_cast<uint8_t>(shift + 1));
    encoder_.alu(Alu::add, edx, in_register(eax));
  } else {
    const uint32_t shift = power;
    const uint64_t two = uint64_t{1} << (32 + shift);
    uint64_t m = two / d + 1;  // 2^(32+power) <= m d; m below 2^33
    // Round-down error e = m d - 2^(32+power); exact for 32 bits where e <= 2^power.
    if (m * d - two <= (uint64_t{1} << shift)) {
      encoder_.mov_constant(in_register(eax), static_cast<uint32_t>(m));
      encoder_.op(op::unary, 4, a.place);
      if (shift != 0) encoder_.shift(Shift::shr, in_register(edx), static_cast<uint8_t>(shift));
    } else {
      // One bit more: m' = 2^32 + low, and a + high may not fit: their mean does.
      const uint32_t low = static_cast<uint32_t>(divide_128(uint64_t{1} << (shift + 1), d) + 1);
      encoder_.mov_constant(in_register(eax), low);
      encoder_.op(op::unary, 4, a.place);
      load(eax, a);
      encoder_.alu(Alu::sub, eax, in_register(edx));
      encoder_.shift(Shift::shr, in_register(eax), 1);
      encoder_.alu(Alu::add, edx, in_register(eax));
      if (shift != 0) encoder_.shift(Shift::shr, in_register(edx), static_cast<uint8_t>(shift));
    }
  }
  // The quotient is in edx.
  if (!remainder) {
    finish(to, edx);
    return;
  }
  encoder_.imul_constant(eax, in_register(edx), d);
  alu(Alu::sub, to, a, source_at(in_register(eax)), false);
}

/// The low 32 bits of floor(high * 2^32 / d) - 2^32, where high = 2^(floor(log2 d) + 1).
uint64_t Generator::divide_128(uint64_t high, uint32_t d) {
  // high < 2 d: the quotient is 2^32 + something below 2^32.
  uint64_t rest = high - d, quotient = 0;
  for (int bit = 0; bit < 32; ++bit) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= d) {
      rest -= d;
      quotient |= 1;
    }
  }
  return quotient;
}

}  // namespace jit
