#include "interpreter/arithmetic.h"
#include "interpreter/lanes.h"
#include "interpreter/layout.h"
#include "support/bytes.h"

namespace jit {
namespace {

uint32_t leading_zeros(uint64_t x, uint32_t bits) {
  uint32_t count = 0;
  while (count < bits && (x >> (bits - 1 - count) & 1) == 0) ++count;
  return count;
}

uint32_t trailing_zeros(uint64_t x, uint32_t bits) {
  uint32_t count = 0;
  while (count < bits && (x >> count & 1) == 0) ++count;
  return count;
}

uint64_t reversed(uint64_t x, uint32_t bits, uint32_t unit) {
  uint64_t r = 0;
  for (uint32_t i = 0; i < bits; i += unit) {
    r = r << unit | (x & ((uint64_t{1} << unit) - 1));
    x >>= unit;
  }
  return r;
}

template <class T>
T whole(T x, LaneOp how) {
  // Beyond this there are no fractions; NaN stays as well.
  constexpr T kWhole = sizeof(T) == 4 ? T(0x1p23) : T(0x1p52);
  const T size = absolute(x);
  if (!(size < kWhole)) return x;
  volatile T shifted = size + kWhole;  // rounds to nearest, even
  T near = shifted - kWhole;
  switch (how) {
    case LaneOp::rint:
      break;
    case LaneOp::truncate:
      if (near > size) near -= 1;
      break;
    case LaneOp::round:
      if (size - near == T(0.5)) near += 1;
      break;
    case LaneOp::floor:
      if (x < 0) {
        if (near < size) near += 1;
      } else if (near > size) {
        near -= 1;
      }
      break;
    case LaneOp::ceil:
      if (x < 0) {
        if (near > size) near -= 1;
      } else if (near < size) {
        near += 1;
      }
      break;
    default:
      break;
  }
  return bits_of(x) >> (sizeof(T) * 8 - 1) != 0 ? -near : near;  // a zero has its sign, too
}

/// x - n*y, exactly; as fmod of C.
double remainder_of(double x, double y) {
  if (y == 0 || x != x || y != y || absolute(x) == __builtin_inf()) return __builtin_nan("");
  if (absolute(y) == __builtin_inf()) return x;
  double rest = absolute(x);
  const double step = absolute(y);
  while (rest >= step) {
    // The largest step * 2^n that is not above the rest.
    double part = step;
    uint64_t exponent = (bits_of(rest) >> 52) - (bits_of(step) >> 52);
    if (exponent > 1 && (bits_of(step) >> 52) != 0) {
      part = double_of(bits_of(step) + ((exponent - 1) << 52));
    }
    while (part + part <= rest) part += part;  // above half of the rest, the difference is exact
    rest -= part;
  }
  return bits_of(x) >> 63 != 0 ? -rest : rest;
}

template <class T>
bool ordered(T a, T b, uint32_t predicate) {
  const bool unordered = a != a || b != b;
  const uint32_t which = unordered ? 8 : (a == b ? 1 : (a > b ? 2 : 4));
  return (predicate & which) != 0;
}

template <class T>
bool of_class(T x, uint32_t mask) {
  constexpr uint32_t kMantissa = sizeof(T) == 4 ? 23 : 52;
  constexpr uint32_t kBits = sizeof(T) * 8;
  const uint64_t bits = bits_of(x);
  const bool negative = (bits >> (kBits - 1) & 1) != 0;
  const uint64_t mantissa = bits & ((uint64_t{1} << kMantissa) - 1);
  const uint32_t top = (1U << (kBits - 1 - kMantissa)) - 1;
  const uint32_t exponent = static_cast<uint32_t>(bits >> kMantissa) & top;
  if (exponent == top && mantissa != 0) {
    return (mask & (mantissa >> (kMantissa - 1) != 0 ? 2 : 1)) != 0;
  }
  // Zero, subnormal, normal, infinity: bits 6 to 9, and mirrored below for negative ones.
  const uint32_t rank = exponent == top ? 3 : exponent != 0 ? 2 : mantissa != 0 ? 1 : 0;
  return (mask >> (negative ? 5 - rank : 6 + rank) & 1) != 0;
}

template <class T>
bool real_lane(LaneOp op, T a, T b, T c, uint64_t raw_b, uint64_t& r) {
  const auto give = [&](T x) {
    r = bits_of(x);
    return true;
  };
  if (op >= LaneOp::fcmp_first && op <= LaneOp::fcmp_last) {
    r = ordered(a, b, static_cast<uint32_t>(op) - static_cast<uint32_t>(LaneOp::fcmp_first));
    return true;
  }
  switch (op) {
    case LaneOp::fadd:
      return give(a + b);
    case LaneOp::fsub:
      return give(a - b);
    case LaneOp::fmul:
      return give(a * b);
    case LaneOp::fdiv:
      return give(a / b);
    case LaneOp::frem:
      return give(static_cast<T>(remainder_of(a, b)));
    case LaneOp::fneg:
      return give(negated(a));
    case LaneOp::fabs:
      return give(absolute(a));
    case LaneOp::sqrt:
      return give(root(a));
    case LaneOp::copysign:
      return give(bits_of(b) >> (sizeof(T) * 8 - 1) != 0 ? -absolute(a) : absolute(a));
    case LaneOp::fmuladd: {
      volatile T product = a * b;
      return give(product + c);
    }
    case LaneOp::minnum:
      return give(a != a ? b : b != b ? a : a < b ? a : b);
    case LaneOp::maxnum:
      return give(a != a ? b : b != b ? a : a > b ? a : b);
    case LaneOp::floor:
    case LaneOp::ceil:
    case LaneOp::truncate:
    case LaneOp::rint:
    case LaneOp::round:
      return give(whole(a, op));
    case LaneOp::is_fpclass:
      r = of_class(a, static_cast<uint32_t>(raw_b));
      return true;
    default:
      return false;
  }
}

bool cast_lane(CastOp op, uint32_t bits, uint32_t to, uint64_t a, uint64_t& r) {
  switch (op) {
    case CastOp::trunc:
    case CastOp::zext:
    case CastOp::ptrtoint:
    case CastOp::inttoptr:
    case CastOp::bitcast:
      r = a;
      break;
    case CastOp::sext:
      r = static_cast<uint64_t>(signed_number(a, bits));
      break;
    case CastOp::fptrunc:
      r = bits_of(static_cast<float>(double_of(a)));
      break;
    case CastOp::fpext:
      r = bits_of(static_cast<double>(float_of(static_cast<uint32_t>(a))));
      break;
    case CastOp::sitofp: {
      const int64_t x = signed_number(a, bits);
      r = to == 32 ? bits_of(static_cast<float>(x)) : bits_of(static_cast<double>(x));
      break;
    }
    case CastOp::uitofp:
      r = to == 32 ? bits_of(static_cast<float>(a)) : bits_of(static_cast<double>(a));
      break;
    case CastOp::fptosi:
    case CastOp::fptoui: {
      const double x =
          bits == 32 ? static_cast<double>(float_of(static_cast<uint32_t>(a))) : double_of(a);
      // Out of range, where LLVM leaves the result open: the smallest.
      if (op == CastOp::fptosi) {
        r = x >= -0x1p63 && x < 0x1p63 ? static_cast<uint64_t>(static_cast<int64_t>(x))
                                       : uint64_t{1} << 63;
      } else if (x >= 0x1p63) {
        r = x < 0x1p64
                ? static_cast<uint64_t>(static_cast<int64_t>(x - 0x1p63)) + (uint64_t{1} << 63)
                : uint64_t{1} << 63;
      } else {
        r = x > -0x1p63 ? static_cast<uint64_t>(static_cast<int64_t>(x)) : uint64_t{1} << 63;
      }
      break;
    }
  }
  r &= mask64_of(to);
  return true;
}

bool compare(uint32_t predicate, uint64_t a, uint64_t b, int64_t sa, int64_t sb) {
  switch (predicate) {
    case 0:
      return a == b;
    case 1:
      return a != b;
    case 2:
      return a > b;
    case 3:
      return a >= b;
    case 4:
      return a < b;
    case 5:
      return a <= b;
    case 6:
      return sa > sb;
    case 7:
      return sa >= sb;
    case 8:
      return sa < sb;
    default:
      return sa <= sb;
  }
}

/// The sum or difference as a number that does not wrap: saturated to `bits`.
uint64_t saturated(int64_t a, int64_t b, bool subtract, uint32_t bits) {
  const int64_t highest = static_cast<int64_t>(mask64_of(bits - 1)), lowest = -highest - 1;
  int64_t r = 0;
  const bool wraps = subtract ? __builtin_sub_overflow(a, b, &r) : __builtin_add_overflow(a, b, &r);
  if (wraps) return static_cast<uint64_t>((b < 0) == subtract ? highest : lowest);
  return static_cast<uint64_t>(r > highest ? highest : r < lowest ? lowest : r);
}

}  // namespace

bool lane(LaneOp op, uint32_t bits, uint32_t to, uint64_t a, uint64_t b, uint64_t c, uint64_t& r) {
  if (op >= LaneOp::cast_first && op <= LaneOp::cast_last) {
    return cast_lane(
        static_cast<CastOp>(static_cast<uint32_t>(op) - static_cast<uint32_t>(LaneOp::cast_first)),
        bits, to, a, r);
  }
  const bool of_reals =
      (op >= LaneOp::fadd && op <= LaneOp::fcmp_last) || op == LaneOp::fneg || op >= LaneOp::fabs;
  if (of_reals) {
    if (bits == 32) {
      return real_lane<float>(op, float_of(static_cast<uint32_t>(a)),
                              float_of(static_cast<uint32_t>(b)),
                              float_of(static_cast<uint32_t>(c)), b, r);
    }
    return real_lane<double>(op, double_of(a), double_of(b), double_of(c), b, r);
  }
  const int64_t sa = signed_number(a, bits), sb = signed_number(b, bits);
  if (op >= LaneOp::icmp_first && op <= LaneOp::icmp_last) {
    r = compare(static_cast<uint32_t>(op) - static_cast<uint32_t>(LaneOp::icmp_first), a, b, sa,
                sb);
    return true;
  }
  const uint64_t mask = mask64_of(bits);
  // An amount that is too large leaves the result open.
  const uint32_t amount = static_cast<uint32_t>(b < bits ? b : 0);
  switch (op) {
    case LaneOp::add:
      r = a + b;
      break;
    case LaneOp::sub:
      r = a - b;
      break;
    case LaneOp::mul:
      r = a * b;
      break;
    case LaneOp::udiv:
    case LaneOp::urem:
      if (b == 0) return false;
      r = op == LaneOp::udiv ? a / b : a % b;
      break;
    case LaneOp::sdiv:
    case LaneOp::srem:
      if (b == 0 || (sb == -1 && a == uint64_t{1} << (bits - 1))) return false;
      r = static_cast<uint64_t>(op == LaneOp::sdiv ? sa / sb : sa % sb);
      break;
    case LaneOp::shl:
      r = a << amount;
      break;
    case LaneOp::lshr:
      r = a >> amount;
      break;
    case LaneOp::ashr:
      r = static_cast<uint64_t>(sa >> amount);
      break;
    case LaneOp::and_:
      r = a & b;
      break;
    case LaneOp::or_:
      r = a | b;
      break;
    case LaneOp::xor_:
      r = a ^ b;
      break;
    case LaneOp::smin:
      r = sa < sb ? a : b;
      break;
    case LaneOp::smax:
      r = sa > sb ? a : b;
      break;
    case LaneOp::umin:
      r = a < b ? a : b;
      break;
    case LaneOp::umax:
      r = a > b ? a : b;
      break;
    case LaneOp::abs:
      r = sa < 0 ? 0 - a : a;
      break;
    case LaneOp::ctlz:
      r = leading_zeros(a, bits);
      break;
    case LaneOp::cttz:
      r = trailing_zeros(a, bits);
      break;
    case LaneOp::ctpop:
      r = count_bits(static_cast<uint32_t>(a)) + count_bits(static_cast<uint32_t>(a >> 32));
      break;
    case LaneOp::bswap:
      r = reversed(a, bits, 8);
      break;
    case LaneOp::bitreverse:
      r = reversed(a, bits, 1);
      break;
    case LaneOp::fshl:
    case LaneOp::fshr: {
      const uint32_t shift = static_cast<uint32_t>(c % bits);
      const uint32_t left = op == LaneOp::fshl ? shift : bits - shift;
      if (left == 0 || left == bits) {
        r = left == 0 ? a : b;
        if (op == LaneOp::fshr) r = shift == 0 ? b : a;
      } else {
        r = a << left | b >> (bits - left);
      }
      break;
    }
    case LaneOp::uadd_sat:
      r = (a + b) & mask;
      r = r < a ? mask : r;
      break;
    case LaneOp::usub_sat:
      r = a > b ? a - b : 0;
      break;
    case LaneOp::sadd_sat:
      r = saturated(sa, sb, false, bits);
      break;
    case LaneOp::ssub_sat:
      r = saturated(sa, sb, true, bits);
      break;
    case LaneOp::ushl_sat:
      r = (a << amount & mask) >> amount == a ? a << amount : mask;
      break;
    case LaneOp::sshl_sat: {
      const int64_t shifted = signed_number(a << amount & mask, bits);
      r = shifted >> amount == sa ? static_cast<uint64_t>(shifted)
                                  : mask64_of(bits - 1) + (sa < 0 ? 1 : 0);
      break;
    }
    case LaneOp::ucmp:
      r = a < b ? ~uint64_t{0} : a > b;
      break;
    case LaneOp::scmp:
      r = sa < sb ? ~uint64_t{0} : sa > sb;
      break;
    default:
      return false;
  }
  r &= mask64_of(op == LaneOp::ucmp || op == LaneOp::scmp ? to : bits);
  return true;
}

}  // namespace jit
