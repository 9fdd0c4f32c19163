#include "interpreter/lanes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "interpreter/layout.h"

namespace jit {
namespace {

uint64_t run(LaneOp op, uint32_t bits, uint64_t a, uint64_t b = 0, uint64_t c = 0,
             uint32_t to = 0) {
  uint64_t r = 0;
  EXPECT_TRUE(lane(op, bits, to == 0 ? bits : to, a, b, c, r));
  return r;
}

bool faults(LaneOp op, uint32_t bits, uint64_t a, uint64_t b) {
  uint64_t r = 0;
  return !lane(op, bits, bits, a, b, 0, r);
}

uint64_t bits_of_double(double x) {
  uint64_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
double double_of_bits(uint64_t bits) {
  double x = 0;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}
uint64_t bits_of_float(float x) {
  uint32_t bits = 0;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

/// All values of 8 bits against arithmetic of 32 bits.
TEST(Lane, OfEightBitsIsAsInWiderArithmetic) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const auto x = static_cast<uint64_t>(a), y = static_cast<uint64_t>(b);
      const int sa = static_cast<int8_t>(a), sb = static_cast<int8_t>(b);
      const auto low = [](int value) { return static_cast<uint64_t>(value & 255); };
      EXPECT_EQ(run(LaneOp::add, 8, x, y), low(a + b));
      EXPECT_EQ(run(LaneOp::sub, 8, x, y), low(a - b));
      EXPECT_EQ(run(LaneOp::mul, 8, x, y), low(a * b));
      EXPECT_EQ(run(LaneOp::smin, 8, x, y), low(std::min(sa, sb)));
      EXPECT_EQ(run(LaneOp::smax, 8, x, y), low(std::max(sa, sb)));
      EXPECT_EQ(run(LaneOp::uadd_sat, 8, x, y), low(std::min(a + b, 255)));
      EXPECT_EQ(run(LaneOp::usub_sat, 8, x, y), low(std::max(a - b, 0)));
      EXPECT_EQ(run(LaneOp::sadd_sat, 8, x, y), low(std::clamp(sa + sb, -128, 127)));
      EXPECT_EQ(run(LaneOp::ssub_sat, 8, x, y), low(std::clamp(sa - sb, -128, 127)));
      EXPECT_EQ(run(LaneOp::ucmp, 8, x, y), low(a < b ? -1 : a > b));
      EXPECT_EQ(run(LaneOp::scmp, 8, x, y), low(sa < sb ? -1 : sa > sb));
      if (b == 0) {
        EXPECT_TRUE(faults(LaneOp::udiv, 8, x, y));
        EXPECT_TRUE(faults(LaneOp::srem, 8, x, y));
        continue;
      }
      EXPECT_EQ(run(LaneOp::udiv, 8, x, y), low(a / b));
      EXPECT_EQ(run(LaneOp::urem, 8, x, y), low(a % b));
      if (sa == -128 && sb == -1) {
        EXPECT_TRUE(faults(LaneOp::sdiv, 8, x, y));
        continue;
      }
      EXPECT_EQ(run(LaneOp::sdiv, 8, x, y), low(sa / sb));
      EXPECT_EQ(run(LaneOp::srem, 8, x, y), low(sa % sb));
    }
  }
}

TEST(Lane, ShiftsAndRotatesOfOddWidths) {
  for (uint32_t bits : {1U, 7U, 24U, 33U, 48U, 64U}) {
    const uint64_t mask = mask64_of(bits), x = 0x9E37'79B9'7F4A'7C15 & mask;
    for (uint32_t n = 0; n < bits; ++n) {
      EXPECT_EQ(run(LaneOp::shl, bits, x, n), x << n & mask);
      EXPECT_EQ(run(LaneOp::lshr, bits, x, n), x >> n);
      const bool negative = (x >> (bits - 1) & 1) != 0;
      const uint64_t filled = n == 0 || !negative ? 0 : mask & ~(mask >> n);
      EXPECT_EQ(run(LaneOp::ashr, bits, x, n), x >> n | filled) << bits << ' ' << n;
      const uint64_t left = n == 0 ? x : (x << n | x >> (bits - n)) & mask;
      EXPECT_EQ(run(LaneOp::fshl, bits, x, x, n), left);
      EXPECT_EQ(run(LaneOp::fshr, bits, x, x, (bits - n) % bits), left);
      EXPECT_EQ(run(LaneOp::fshl, bits, x, x, n + bits), left) << "amounts count modulo the width";
    }
  }
}

TEST(Lane, CountsBits) {
  EXPECT_EQ(run(LaneOp::ctlz, 24, 0), 24U);
  EXPECT_EQ(run(LaneOp::cttz, 33, 0), 33U);
  EXPECT_EQ(run(LaneOp::ctlz, 64, 1), 63U);
  EXPECT_EQ(run(LaneOp::cttz, 64, uint64_t{1} << 40), 40U);
  EXPECT_EQ(run(LaneOp::ctpop, 64, ~uint64_t{0}), 64U);
  EXPECT_EQ(run(LaneOp::ctpop, 64, 0x8000'0001'0000'0100), 3U);
  EXPECT_EQ(run(LaneOp::bswap, 64, 0x0102'0304'0506'0708), 0x0807'0605'0403'0201U);
  EXPECT_EQ(run(LaneOp::bswap, 48, 0x0102'0304'0506), 0x0605'0403'0201U);
  EXPECT_EQ(run(LaneOp::bitreverse, 8, 0b0001'0110), 0b0110'1000U);
}

TEST(Lane, ComparesFloatsByEveryPredicate) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const double values[] = {0.0, -0.0, 1.5, -1.5, std::numeric_limits<double>::infinity(), kNan};
  for (double a : values) {
    for (double b : values) {
      const bool unordered = std::isnan(a) || std::isnan(b);
      const bool wanted[] = {false,     a == b,         a > b,      a >= b,    a < b,
                             a <= b,    a < b || a > b, !unordered, unordered, unordered || a == b,
                             !(a <= b), !(a < b),       !(a >= b),  !(a > b),  a != b,
                             true};
      for (uint32_t p = 0; p < 16; ++p) {
        const auto op = static_cast<LaneOp>(static_cast<uint32_t>(LaneOp::fcmp_first) + p);
        EXPECT_EQ(run(op, 64, bits_of_double(a), bits_of_double(b), 0, 1) != 0, wanted[p])
            << a << ' ' << b << ' ' << p;
      }
    }
  }
}

TEST(Lane, RoundsAsTheLibraryDoes) {
  const double values[] = {0.0,
                           -0.0,
                           0.25,
                           -0.25,
                           0.5,
                           -0.5,
                           0.75,
                           -0.75,
                           1.5,
                           -1.5,
                           2.5,
                           -2.5,
                           3.0,
                           -3.25,
                           1e15,
                           -1e15,
                           4503599627370497.5,
                           1e300,
                           std::numeric_limits<double>::infinity()};
  for (double x : values) {
    const auto same = [&](LaneOp op, double wanted) {
      EXPECT_EQ(run(op, 64, bits_of_double(x)), bits_of_double(wanted))
          << x << " op " << static_cast<int>(op);
      const auto f = static_cast<float>(x);
      const auto wanted_float = op == LaneOp::floor      ? std::floor(f)
                                : op == LaneOp::ceil     ? std::ceil(f)
                                : op == LaneOp::truncate ? std::trunc(f)
                                : op == LaneOp::rint     ? std::rint(f)
                                                         : std::round(f);
      EXPECT_EQ(run(op, 32, bits_of_float(f)), bits_of_float(wanted_float)) << f;
    };
    same(LaneOp::floor, std::floor(x));
    same(LaneOp::ceil, std::ceil(x));
    same(LaneOp::truncate, std::trunc(x));
    same(LaneOp::rint, std::rint(x));
    same(LaneOp::round, std::round(x));
  }
}

TEST(Lane, RemaindersAreExact) {
  const double pairs[][2] = {{5.5, 2},   {-5.5, 2},     {1e300, 3},         {1, 1e-300}, {5, -2.5},
                             {0.3, 0.1}, {4.9e-324, 3}, {1e-310, 4.9e-324}, {-0.0, 1}};
  for (const auto& pair : pairs) {
    EXPECT_EQ(run(LaneOp::frem, 64, bits_of_double(pair[0]), bits_of_double(pair[1])),
              bits_of_double(std::fmod(pair[0], pair[1])))
        << pair[0] << ' ' << pair[1];
  }
  EXPECT_TRUE(
      std::isnan(double_of_bits(run(LaneOp::frem, 64, bits_of_double(1), bits_of_double(0)))));
}

TEST(Lane, ConvertsAtTheEdges) {
  const auto cast = [](CastOp op, uint32_t bits, uint32_t to, uint64_t a) {
    return run(
        static_cast<LaneOp>(static_cast<uint32_t>(LaneOp::cast_first) + static_cast<uint32_t>(op)),
        bits, a, 0, 0, to);
  };
  EXPECT_EQ(cast(CastOp::sext, 33, 64, uint64_t{1} << 32), 0xFFFF'FFFF'0000'0000U);
  EXPECT_EQ(cast(CastOp::trunc, 64, 33, ~uint64_t{0}), 0x1'FFFF'FFFFU);
  EXPECT_EQ(cast(CastOp::uitofp, 64, 64, ~uint64_t{0}), bits_of_double(18446744073709551615.0));
  EXPECT_EQ(cast(CastOp::sitofp, 64, 32, ~uint64_t{0}), bits_of_float(-1));
  EXPECT_EQ(cast(CastOp::fptoui, 64, 64, bits_of_double(9223372036854775808.0)), uint64_t{1} << 63);
  EXPECT_EQ(cast(CastOp::fptosi, 64, 64, bits_of_double(-9223372036854775808.0)),
            uint64_t{1} << 63);
  EXPECT_EQ(cast(CastOp::fptoui, 64, 64, bits_of_double(std::nan(""))), uint64_t{1} << 63);
}

}  // namespace
}  // namespace jit
