// The two builds of every operation give the same bits, special values included.
#include "engine/lanes.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace llama {
namespace {

using S = ScalarLanes;
using X = Sse2Lanes;

struct alignas(16) Four {
  float lane[4];
};

/// Both as integers. Which of two NaNs an addition passes on, and its sign, is left to the
/// processor: all NaNs count as one.
std::array<std::uint32_t, 4> bits(const Four& f) {
  std::array<std::uint32_t, 4> out{};
  for (int i = 0; i < 4; ++i) {
    out[static_cast<std::size_t>(i)] =
        std::isnan(f.lane[i]) ? 0x7FC00000 : std::bit_cast<std::uint32_t>(f.lane[i]);
  }
  return out;
}
template <class V>
std::array<std::uint32_t, 4> bits_of(typename V::F f) {
  Four out{};
  V::store(out.lane, f);
  return bits(out);
}
template <class V>
std::array<std::int32_t, 4> integers_of(typename V::I i) {
  alignas(16) std::array<std::int32_t, 4> out{};
  V::store(out.data(), i);
  return out;
}

std::vector<Four> operands() {
  constexpr float kInf = std::numeric_limits<float>::infinity();
  const float special[] = {0.0F, -0.0F, 1.0F,       -1.0F, 0.5F,      1.5F,
                           2.5F, -2.5F, kInf,       -kInf, 0x1p-126F, 0x1p-140F,
                           3e9F, -3e9F, 8388607.5F, NAN,   -126.0F,   0x1.fffffep127F};
  std::vector<Four> all;
  for (const float a : special) {
    for (const float b : special) all.push_back({{a, b, -a, 0.25F * b}});
  }
  std::mt19937 random(1);
  std::uniform_real_distribution<float> number(-1000, 1000);
  for (int i = 0; i < 2000; ++i) {
    all.push_back({{number(random), number(random), number(random), number(random)}});
  }
  return all;
}

TEST(Lanes, ArithmeticIsTheSameToTheBit) {
  const std::vector<Four> all = operands();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Four &a = all[i], &b = all[(i * 7 + 3) % all.size()];
    const S::F sa = S::load(a.lane), sb = S::load(b.lane);
    const X::F xa = X::load(a.lane), xb = X::load(b.lane);
    ASSERT_EQ(bits_of<S>(S::add(sa, sb)), bits_of<X>(X::add(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::sub(sa, sb)), bits_of<X>(X::sub(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::mul(sa, sb)), bits_of<X>(X::mul(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::div(sa, sb)), bits_of<X>(X::div(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::max(sa, sb)), bits_of<X>(X::max(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::min(sa, sb)), bits_of<X>(X::min(xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::absolute(sa)), bits_of<X>(X::absolute(xa))) << i;
    ASSERT_EQ(S::equal(sa, sb), X::equal(xa, xb)) << i;
    ASSERT_EQ(bits_of<S>(S::sums(sa, sb, sa, sb)), bits_of<X>(X::sums(xa, xb, xa, xb))) << i;
    ASSERT_EQ(bits_of<S>(S::all(S::sum(sa))), bits_of<X>(X::all(X::sum(xa)))) << i;
    ASSERT_EQ(bits_of<S>(S::all(S::largest(sa))), bits_of<X>(X::all(X::largest(xa)))) << i;
    ASSERT_EQ(bits_of<S>(S::first(a.lane[0])), bits_of<X>(X::first(a.lane[0]))) << i;
    for (unsigned count = 0; count <= 4; ++count) {
      ASSERT_EQ(bits_of<S>(S::keep(sa, count)), bits_of<X>(X::keep(xa, count))) << i;
    }
  }
}

TEST(Lanes, RoundingIsTheSameAndToEven) {
  for (const Four& a : operands()) {
    const auto expected = integers_of<X>(X::round(X::load(a.lane)));
    ASSERT_EQ(integers_of<S>(S::round(S::load(a.lane))), expected) << a.lane[0];
    ASSERT_EQ(bits_of<S>(S::to_float(S::round(S::load(a.lane)))),
              bits_of<X>(X::to_float(X::round(X::load(a.lane)))));
  }
  EXPECT_EQ(integers_of<S>(S::round(S::all(2.5F)))[0], 2);
  EXPECT_EQ(integers_of<S>(S::round(S::all(-3.5F)))[0], -4);
}

TEST(Lanes, ScalingMovesTheExponent) {
  for (int n = -126; n <= 127; ++n) {
    const float power = static_cast<float>(n);
    const auto expected = std::bit_cast<std::uint32_t>(std::ldexp(1.0F, n));
    ASSERT_EQ(bits_of<S>(S::scale(S::all(1), S::round(S::all(power))))[0], expected);
    ASSERT_EQ(bits_of<X>(X::scale(X::all(1), X::round(X::all(power))))[0], expected);
  }
}

TEST(Lanes, ProductsOfBytesAreThePlainProducts) {
  std::mt19937 random(2);
  for (int round = 0; round < 1000; ++round) {
    alignas(16) std::int8_t weights[16];
    alignas(16) std::int16_t factors[16];
    std::int32_t expected = 0, offset = 0;
    for (int pair = 0; pair < 8; ++pair) {
      // The corners of the range in the first rounds.
      const auto any = [&](int most) {
        const int span = 2 * most + 1;
        const int value = static_cast<int>(random() % static_cast<unsigned>(span)) - most;
        return round < 16 ? ((round >> (random() % 4)) & 1 ? most : -most) : value;
      };
      const int w0 = any(127), w1 = any(127), x0 = any(127), x1 = any(127);
      weights[2 * pair] = static_cast<std::int8_t>(w0 ^ 0x80);
      weights[2 * pair + 1] = static_cast<std::int8_t>(w1);
      factors[pair] = static_cast<std::int16_t>(x0);
      factors[8 + pair] = static_cast<std::int16_t>(x1 - 256 * x0);
      expected += w0 * x0 + w1 * x1;
      offset += 128 * x0;
    }
    const auto scalar = integers_of<S>(S::byte_products(weights, factors));
    ASSERT_EQ(scalar, integers_of<X>(X::byte_products(weights, factors)));
    ASSERT_EQ(scalar[0] + scalar[1] + scalar[2] + scalar[3] - offset, expected);
    const S::I i = S::byte_products(weights, factors);
    const X::I x = X::byte_products(weights, factors);
    ASSERT_EQ(integers_of<S>(S::sums(i, i, i, S::first_integer(5))),
              integers_of<X>(X::sums(x, x, x, X::first_integer(5))));
  }
}

TEST(Lanes, FactorsAreThoseThatTheProductsNeed) {
  std::mt19937 random(3);
  for (int round = 0; round < 1000; ++round) {
    alignas(16) float inputs[16];
    for (float& x : inputs) x = static_cast<float>(static_cast<int>(random() % 255) - 127);
    alignas(16) std::int16_t scalar[16], sse2[16];
    const S::I s =
        S::store_factors(scalar, S::round(S::load(inputs)), S::round(S::load(inputs + 4)),
                         S::round(S::load(inputs + 8)), S::round(S::load(inputs + 12)));
    const X::I x = X::store_factors(sse2, X::round(X::load(inputs)), X::round(X::load(inputs + 4)),
                                    X::round(X::load(inputs + 8)), X::round(X::load(inputs + 12)));
    int evens = 0;
    for (std::size_t pair = 0; pair < 8; ++pair) {
      const int even = static_cast<int>(inputs[2 * pair]);
      evens += even;
      ASSERT_EQ(scalar[pair], even);
      ASSERT_EQ(scalar[8 + pair], static_cast<int>(inputs[2 * pair + 1]) - 256 * even);
      ASSERT_EQ(sse2[pair], scalar[pair]);
      ASSERT_EQ(sse2[8 + pair], scalar[8 + pair]);
    }
    ASSERT_EQ(integers_of<S>(s), integers_of<X>(x));
    ASSERT_EQ(S::sum(s), evens);
    ASSERT_EQ(X::sum(x), evens);
  }
}

}  // namespace
}  // namespace llama
