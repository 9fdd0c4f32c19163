#include "interpreter/wide_integer.h"

#include "support/bytes.h"

namespace jit {
namespace {

struct Number {
  uint64_t low = 0, high = 0;
};

bool less(Number a, Number b) { return a.high != b.high ? a.high < b.high : a.low < b.low; }
bool is_zero(Number a) { return (a.low | a.high) == 0; }
bool bit_of(Number a, uint32_t bit) {
  return ((bit < 64 ? a.low >> bit : a.high >> (bit - 64)) & 1) != 0;
}
Number add(Number a, Number b) {
  const uint64_t low = a.low + b.low;
  return {low, a.high + b.high + (low < a.low ? 1 : 0)};
}
Number complement(Number a) { return {~a.low, ~a.high}; }
Number negative(Number a) { return add(complement(a), {1, 0}); }

/// The lower `bits` (1 to 128).
Number cut(Number a, uint32_t bits) {
  if (bits <= 64) return {a.low & ~uint64_t{0} >> (64 - bits), 0};
  return {a.low, a.high & ~uint64_t{0} >> (128 - bits)};
}
/// With the sign of the lower `bits` in all above them.
Number extend(Number a, uint32_t bits) {
  if (!bit_of(a, bits - 1)) return cut(a, bits);
  return complement(cut(complement(a), bits));
}

Number shift_left(Number a, uint32_t by) {
  if (by == 0) return a;
  if (by >= 64) return {0, a.low << (by - 64)};
  return {a.low << by, a.high << by | a.low >> (64 - by)};
}
Number shift_right(Number a, uint32_t by) {
  if (by == 0) return a;
  if (by >= 64) return {a.high >> (by - 64), 0};
  return {a.low >> by | a.high << (64 - by), a.high >> by};
}

Number multiply(Number a, Number b) {
  Number product;
  for (uint32_t bit = 0; bit < 128; ++bit) {
    if (bit_of(b, bit)) product = add(product, shift_left(a, bit));
  }
  return product;
}

/// `b` is not 0.
Number divide(Number a, Number b, Number& rest) {
  Number quotient;
  rest = {};
  for (uint32_t bit = 128; bit-- > 0;) {
    const bool carry = bit_of(rest, 127);
    rest = shift_left(rest, 1);
    rest.low |= bit_of(a, bit) ? 1 : 0;
    quotient = shift_left(quotient, 1);
    if (!carry && less(rest, b)) continue;
    rest = add(rest, negative(b));
    quotient.low |= 1;
  }
  return quotient;
}

/// false: it faults.
bool divided(BinaryOp op, uint32_t bits, Number a, Number b, Number& result) {
  const bool is_signed = op == BinaryOp::sdiv || op == BinaryOp::srem;
  const bool wants_rest = op == BinaryOp::urem || op == BinaryOp::srem;
  if (is_zero(b)) return false;
  Number rest;
  if (!is_signed) {
    const Number quotient = divide(a, b, rest);
    result = wants_rest ? rest : quotient;
    return true;
  }
  const Number x = extend(a, bits), y = extend(b, bits);
  const bool minus_x = bit_of(x, 127), minus_y = bit_of(y, 127);
  const bool least = is_zero(add(a, negative(shift_left({1, 0}, bits - 1))));
  if (least && is_zero(add(y, {1, 0}))) return false;  // overflow
  const Number quotient = divide(minus_x ? negative(x) : x, minus_y ? negative(y) : y, rest);
  if (wants_rest) {
    result = minus_x ? negative(rest) : rest;
  } else {
    result = minus_x != minus_y ? negative(quotient) : quotient;
  }
  return true;
}

bool binary(BinaryOp op, uint32_t bits, Number a, Number b, Number& result) {
  const uint32_t by = b.high == 0 && b.low < bits ? static_cast<uint32_t>(b.low) : bits - 1;
  switch (op) {
    case BinaryOp::add:
      result = add(a, b);
      return true;
    case BinaryOp::sub:
      result = add(a, negative(b));
      return true;
    case BinaryOp::mul:
      result = multiply(a, b);
      return true;
    case BinaryOp::shl:
      result = shift_left(a, by);
      return true;
    case BinaryOp::lshr:
      result = shift_right(a, by);
      return true;
    case BinaryOp::ashr:
      result = shift_right(extend(a, bits), by);
      if (bit_of(a, bits - 1) && by != 0) {
        result = complement(shift_right(complement(extend(a, bits)), by));
      }
      return true;
    case BinaryOp::and_:
      result = {a.low & b.low, a.high & b.high};
      return true;
    case BinaryOp::or_:
      result = {a.low | b.low, a.high | b.high};
      return true;
    case BinaryOp::xor_:
      result = {a.low ^ b.low, a.high ^ b.high};
      return true;
    default:
      return divided(op, bits, a, b, result);
  }
}

bool holds(Predicate predicate, uint32_t bits, Number a, Number b) {
  if (predicate >= Predicate::sgt) {  // with their signs turned they are in order
    const Number sign = shift_left({1, 0}, bits - 1);
    a = {a.low ^ sign.low, a.high ^ sign.high};
    b = {b.low ^ sign.low, b.high ^ sign.high};
  }
  switch (predicate) {
    case Predicate::eq:
      return a.low == b.low && a.high == b.high;
    case Predicate::ne:
      return a.low != b.low || a.high != b.high;
    case Predicate::ugt:
    case Predicate::sgt:
      return less(b, a);
    case Predicate::uge:
    case Predicate::sge:
      return !less(a, b);
    case Predicate::ult:
    case Predicate::slt:
      return less(a, b);
    default:
      return !less(b, a);
  }
}

uint32_t slot_bytes(uint32_t bits) { return (bits + 31) / 32 * 4; }

Number number_at(uint32_t* frame, Cell slot, uint32_t bits) {
  const uint8_t* const from = bytes_at(frame, slot);
  const uint32_t bytes = slot_bytes(bits);
  if (bytes <= 8) return {read_little(from, bytes), 0};
  return {read_little(from, 8), read_little(from + 8, bytes - 8)};
}

void put(uint32_t* frame, Cell slot, uint32_t bits, Number value) {
  value = cut(value, bits);
  uint8_t* const to = bytes_at(frame, slot);
  const uint32_t bytes = slot_bytes(bits);
  write_little(to, value.low, bytes < 8 ? bytes : 8);
  if (bytes > 8) write_little(to + 8, value.high, bytes - 8);
}

}  // namespace

Outcome wide_integer(State&, uint32_t* frame, const Cell* cells) {
  const auto which = static_cast<uint32_t>(cells[1]);
  const auto bits = static_cast<uint32_t>(cells[2]), to_bits = static_cast<uint32_t>(cells[3]);
  const Number a = number_at(frame, cells[5], bits);
  Number result = a;
  switch (static_cast<WideOp>(cells[0])) {
    case WideOp::binary:
      if (!binary(static_cast<BinaryOp>(which), bits, a, number_at(frame, cells[6], bits),
                  result)) {
        return Outcome::division;
      }
      break;
    case WideOp::compare: {
      const Number b = number_at(frame, cells[6], bits);
      result = {holds(static_cast<Predicate>(which), bits, a, b) ? uint64_t{1} : 0, 0};
      break;
    }
    case WideOp::widen:
      if (which != 0) result = extend(a, bits);
      break;
    case WideOp::narrow:
      break;
  }
  put(frame, cells[4], to_bits, result);
  return Outcome::returned;
}

}  // namespace jit
