// The arithmetic of single instructions, the same bits on every machine with SSE2.
#pragma once

#include <emmintrin.h>
#include <stdint.h>

namespace jit {

[[gnu::always_inline]] inline int32_t signed_of(uint32_t x) { return static_cast<int32_t>(x); }

/// x << count | x >> (32 - count), of count modulo 32.
[[gnu::always_inline]] inline uint32_t rotate_left(uint32_t x, uint32_t count) {
  return x << (count & 31) | x >> ((0 - count) & 31);
}

/// The low 32 - `unused` bits of x as a signed number.
[[gnu::always_inline]] inline uint32_t sign_extend(uint32_t x, uint32_t unused) {
  return static_cast<uint32_t>(static_cast<int32_t>(x << (unused & 31)) >> (unused & 31));
}

inline uint32_t count_bits(uint32_t x) {
  x -= x >> 1 & 0x5555'5555;
  x = (x & 0x3333'3333) + (x >> 2 & 0x3333'3333);
  return ((x + (x >> 4)) & 0x0F0F'0F0F) * 0x0101'0101 >> 24;
}

[[gnu::always_inline]] inline uint32_t bits_of(float x) { return __builtin_bit_cast(uint32_t, x); }
[[gnu::always_inline]] inline float float_of(uint32_t x) { return __builtin_bit_cast(float, x); }
[[gnu::always_inline]] inline double double_of(uint64_t x) { return __builtin_bit_cast(double, x); }
[[gnu::always_inline]] inline uint64_t bits_of(double x) { return __builtin_bit_cast(uint64_t, x); }

[[gnu::always_inline]] inline float negated(float x) { return -x; }
[[gnu::always_inline]] inline double negated(double x) { return -x; }
[[gnu::always_inline]] inline float absolute(float x) { return __builtin_fabsf(x); }
[[gnu::always_inline]] inline double absolute(double x) { return __builtin_fabs(x); }
[[gnu::always_inline]] inline float root(float x) {
  return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x)));
}
[[gnu::always_inline]] inline double root(double x) {
  const __m128d v = _mm_set_sd(x);
  return _mm_cvtsd_f64(_mm_sqrt_sd(v, v));
}

/// Towards zero; out of range, where LLVM leaves the result open, the processor's 0x80000000.
[[gnu::always_inline]] inline int32_t to_signed(float x) { return _mm_cvttss_si32(_mm_set_ss(x)); }
[[gnu::always_inline]] inline int32_t to_signed(double x) { return _mm_cvttsd_si32(_mm_set_sd(x)); }
template <class T>
[[gnu::always_inline]] inline uint32_t to_unsigned(T x) {
  constexpr T kHalf = T(0x1p31);
  return x >= kHalf ? static_cast<uint32_t>(to_signed(x - kHalf)) ^ 0x8000'0000U
                    : static_cast<uint32_t>(to_signed(x));
}

}  // namespace jit
