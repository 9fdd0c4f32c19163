// The functions that a transformer needs of a math library, with their largest errors. The bounds
// are tested against long double (engine/math_test.cpp). One unit in the last place (ulp) is of the
// exact result, rounded to float.
//
//   exp2 of four lanes   4 ulp for x from -126 to 127; below -126 the result is that of -126
//   exponential(x)       (4 + 1.5 |x|) ulp for x from -87 to 87: x * log2(e) is rounded before
//   sine_cosine(x)       1 ulp of 1.0 (2^-24 absolute) for |x| up to 100,000
//   power_of_e(x)        relative error 1e-13, double, for |x| up to 700
//   square_root(x)       exact to the last bit: the processor's sqrtss
#pragma once

#include <stdint.h>

namespace llama {

inline constexpr float kLog2E = 0x1.715476p+0F;

/// 2^x. x = n + r with |r| <= 1/2; 2^r by a polynomial of degree 5, n goes to the exponent.
template <class V>
inline typename V::F exp2(typename V::F x) {
  // Minimax for the relative error of 2^r on [-0.5, 0.5] (Remez exchange), rounded to float; the
  // constant term is 1, so that 2^n is exact.
  constexpr float kC[] = {1.0F,           0x1.62e428p-1F, 0x1.ebf918p-3F,
                          0x1.c6b6e4p-5F, 0x1.3d0c52p-7F, 0x1.5c08e4p-10F};
  x = V::max(x, V::all(-126.0F));
  const auto n = V::round(x);
  const auto r = V::sub(x, V::to_float(n));
  auto p = V::all(kC[5]);
#pragma clang loop unroll(full)
  for (int i = 4; i >= 0; --i) p = V::add(V::mul(p, r), V::all(kC[i]));
  return V::scale(p, n);
}

/// e^x.
template <class V>
inline float exponential(float x) {
  alignas(16) float out[4];
  V::store(out, exp2<V>(V::mul(V::all(x), V::all(kLog2E))));
  return out[0];
}

inline float square_root(float x) { return __builtin_sqrtf(x); }

/// e^x in double, for the few numbers that are computed once.
[[gnu::noinline]] inline double power_of_e(double x) {
  // x = n * ln 2 + r, |r| <= ln 2 / 2; e^r by its Taylor series: (0.35)^15 / 15! < 1e-18.
  constexpr double kLn2 = 0x1.62e42fefa39efp-1;
  const double t = x / kLn2;
  const int32_t n = static_cast<int32_t>(t + (t < 0 ? -0.5 : 0.5));
  const double r = x - n * kLn2;
  double term = 1, sum = 1;
  for (int i = 1; i <= 14; ++i) {
    term *= r / i;
    sum += term;
  }
  const uint64_t exponent = static_cast<uint64_t>(n + 1023) << 52;
  return sum * __builtin_bit_cast(double, exponent);
}

struct SineCosine {
  float sine, cosine;
};

/// Both at once, computed in double and rounded.
[[gnu::noinline]] inline SineCosine sine_cosine(double x) {
  // x = k * pi/2 + r, |r| <= pi/4.
  constexpr double kHalfPi = 0x1.921fb54442d18p+0, kTwoOverPi = 0x1.45f306dc9c883p-1;
  const double t = x * kTwoOverPi;
  const int32_t k = static_cast<int32_t>(t + (t < 0 ? -0.5 : 0.5));
  const double r = x - k * kHalfPi;
  const double r2 = r * r;
  // Taylor to r^13 and r^14: the next terms are below (pi/4)^15 / 15! = 2e-14.
  const double s =
      r *
      (1 + r2 * (-1.0 / 6 +
                 r2 * (1.0 / 120 + r2 * (-1.0 / 5040 +
                                         r2 * (1.0 / 362880 + r2 * (-1.0 / 39916800 +
                                                                    r2 * (1.0 / 6227020800.0)))))));
  const double c =
      1 + r2 * (-1.0 / 2 +
                r2 * (1.0 / 24 +
                      r2 * (-1.0 / 720 + r2 * (1.0 / 40320 +
                                               r2 * (-1.0 / 3628800 + r2 * (1.0 / 479001600.0))))));
  const double sine = k & 1 ? c : s, cosine = k & 1 ? s : c;
  return {static_cast<float>(k & 2 ? -sine : sine),
          static_cast<float>((k + 1) & 2 ? -cosine : cosine)};
}

}  // namespace llama
