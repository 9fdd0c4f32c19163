// Four floats at a time, in two builds that compute the same bits: SSE2, and plain C++ as the
// reference. The engine is written once, as templates over one of them, so the order of every sum
// is the same in both, on the host and in the guest.
//
// What each operation does, lane by lane, is what the SSE2 instruction does (Intel SDM volume 2):
// IEEE 754 single precision, round to nearest even, no contraction into fused operations.
#pragma once

#include <emmintrin.h>
#include <stdint.h>

namespace llama {

/// The same pointer, but the compiler cannot know: it neither computes it again from its parts nor
/// takes two loads through two of them for one. That keeps the inner loops, which use all registers
/// that 32-bit x86 has, from spilling.
template <class T>
[[gnu::always_inline]] inline T* opaque(T* pointer) {
  asm volatile("" : "+r"(pointer));  // volatile: two of them are not one
  return pointer;
}

/// Reference: one lane after the other, nothing but C++.
struct ScalarLanes {
  static constexpr const char* kName = "scalar";
  static constexpr unsigned kUnrolled = 16;  // columns of a product that are straight code
  struct F {
    float lane[4];
  };
  struct I {
    int32_t lane[4];
  };

  static F load(const float* p) { return {{p[0], p[1], p[2], p[3]}}; }
  static void store(float* p, F a) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) p[i] = a.lane[i];
  }
  static F all(float x) { return {{x, x, x, x}}; }
  static F first(float x) { return {{x, 0, 0, 0}}; }  // the other lanes are 0
  static float first_of(F a) { return a.lane[0]; }
  static F add(F a, F b) {
    return each(a, b, [](float x, float y) { return x + y; });
  }
  static F sub(F a, F b) {
    return each(a, b, [](float x, float y) { return x - y; });
  }
  static F mul(F a, F b) {
    return each(a, b, [](float x, float y) { return x * y; });
  }
  static F div(F a, F b) {
    return each(a, b, [](float x, float y) { return x / y; });
  }
  /// The second operand where neither is larger: NaN, or zeros of either sign.
  static F max(F a, F b) {
    return each(a, b, [](float x, float y) { return x > y ? x : y; });
  }
  static F min(F a, F b) {
    return each(a, b, [](float x, float y) { return x < y ? x : y; });
  }
  static F absolute(F a) {
    return each(a, a, [](float x, float) { return float_of(bits_of(x) & 0x7FFFFFFF); });
  }
  /// Keeps the first `count` lanes (0 to 4) and makes the others 0.
  static F keep(F a, unsigned count) {
    for (unsigned i = count; i < 4; ++i) a.lane[i] = 0;
    return a;
  }
  /// Rounded to nearest even; a value beyond 32 bits, or NaN, gives INT32_MIN.
  static I round(F a) {
    I r{};
    for (int i = 0; i < 4; ++i) {
      const float x = a.lane[i];
      if (!(x >= -0x1p31F && x < 0x1p31F)) {
        r.lane[i] = INT32_MIN;
        continue;
      }
      // With 2^23 added no bits are left for a fraction, and the addition rounds to even.
      const float shift = x < 0 ? -0x1p23F : 0x1p23F;
      const bool whole = x <= -0x1p23F || x >= 0x1p23F;
      r.lane[i] = static_cast<int32_t>(whole ? x : (x + shift) - shift);
    }
    return r;
  }
  static F to_float(I a) {
    F r{};
    for (int i = 0; i < 4; ++i) r.lane[i] = static_cast<float>(a.lane[i]);
    return r;
  }
  /// a times 2^n, by adding n to the exponent: both a and the result must be normal.
  static F scale(F a, I n) {
    for (int i = 0; i < 4; ++i) {
      a.lane[i] = float_of(bits_of(a.lane[i]) + (static_cast<uint32_t>(n.lane[i]) << 23));
    }
    return a;
  }
  /// (a0 + a2) + (a1 + a3) of each of four.
  static F sums(F a, F b, F c, F d) { return {{sum(a), sum(b), sum(c), sum(d)}}; }
  static float sum(F a) { return (a.lane[0] + a.lane[2]) + (a.lane[1] + a.lane[3]); }
  static float largest(F a) {
    const F low = max(a, {{a.lane[2], a.lane[3], a.lane[2], a.lane[3]}});
    return low.lane[0] > low.lane[1] ? low.lane[0] : low.lane[1];
  }
  /// One bit for each lane that equals its counterpart.
  static unsigned equal(F a, F b) {
    unsigned bits = 0;
    for (unsigned i = 0; i < 4; ++i) bits |= (a.lane[i] == b.lane[i] ? 1U : 0U) << i;
    return bits;
  }

  // ---- for 8-bit weights: see int8.h
  static I first_integer(int32_t x) { return {{x, 0, 0, 0}}; }
  static void store(int32_t* p, I a) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) p[i] = a.lane[i];
  }
  static I add(I a, I b) {
    for (int i = 0; i < 4; ++i) {
      a.lane[i] =
          static_cast<int32_t>(static_cast<uint32_t>(a.lane[i]) + static_cast<uint32_t>(b.lane[i]));
    }
    return a;
  }
  static I sums(I a, I b, I c, I d) { return {{sum(a), sum(b), sum(c), sum(d)}}; }
  /// 16 bytes of weights with sixteen factors of inputs, as int8.h lays them out: lane i gets the
  /// products of the pairs 2i and 2i + 1.
  static I byte_products(const int8_t* weights, const int16_t* factors) {
    I r{};
    for (int pair = 0; pair < 8; ++pair) {
      const int32_t word = weights[2 * pair + 1] * 256 + static_cast<uint8_t>(weights[2 * pair]);
      r.lane[pair / 2] += word * factors[pair] + weights[2 * pair + 1] * factors[8 + pair];
    }
    return r;
  }
  /// 16 rounded inputs to the factors that int8.h tells; returns the sums of four even ones each.
  static I store_factors(int16_t* to, I a, I b, I c, I d) {
    const I all[4] = {a, b, c, d};
    I sums{};
    for (int pair = 0; pair < 8; ++pair) {
      const int32_t even = all[pair / 2].lane[pair % 2 * 2];
      const int32_t odd = all[pair / 2].lane[pair % 2 * 2 + 1];
      to[pair] = static_cast<int16_t>(even);
      to[8 + pair] = static_cast<int16_t>(odd - even * 256);
      sums.lane[pair % 4] += even;
    }
    return sums;
  }
  static I zero_integers() { return {}; }
  static int32_t sum(I a) {
    uint32_t total = 0;
    for (const int32_t x : a.lane) total += static_cast<uint32_t>(x);
    return static_cast<int32_t>(total);
  }

 private:
  template <class Op>
  static F each(F a, F b, Op op) {
    F r{};
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) {
      float x = op(a.lane[i], b.lane[i]);
      asm("" : "+x"(x));  // or clang makes vectors of it after all
      r.lane[i] = x;
    }
    return r;
  }
  static uint32_t bits_of(float x) { return __builtin_bit_cast(uint32_t, x); }
  static float float_of(uint32_t bits) { return __builtin_bit_cast(float, bits); }
};

/// Pointers must be aligned to 16 bytes.
struct Sse2Lanes {
  static constexpr const char* kName = "sse2";
  static constexpr unsigned kUnrolled = 64;
  using F = __m128;
  using I = __m128i;

  static F load(const float* p) { return _mm_load_ps(p); }
  static void store(float* p, F a) { _mm_store_ps(p, a); }
  static F all(float x) { return _mm_set1_ps(x); }
  static F first(float x) { return _mm_set_ss(x); }
  static float first_of(F a) { return _mm_cvtss_f32(a); }
  static F add(F a, F b) { return _mm_add_ps(a, b); }
  static F sub(F a, F b) { return _mm_sub_ps(a, b); }
  static F mul(F a, F b) { return _mm_mul_ps(a, b); }
  static F div(F a, F b) { return _mm_div_ps(a, b); }
  static F max(F a, F b) { return _mm_max_ps(a, b); }
  static F min(F a, F b) { return _mm_min_ps(a, b); }
  static F absolute(F a) { return _mm_and_ps(a, _mm_castsi128_ps(_mm_set1_epi32(0x7FFFFFFF))); }
  static F keep(F a, unsigned count) {
    const I kept =
        _mm_cmpgt_epi32(_mm_set1_epi32(static_cast<int>(count)), _mm_setr_epi32(0, 1, 2, 3));
    return _mm_and_ps(a, _mm_castsi128_ps(kept));
  }
  static I round(F a) { return _mm_cvtps_epi32(a); }
  static F to_float(I a) { return _mm_cvtepi32_ps(a); }
  static F scale(F a, I n) {
    return _mm_castsi128_ps(_mm_add_epi32(_mm_castps_si128(a), _mm_slli_epi32(n, 23)));
  }
  static F sums(F a, F b, F c, F d) {
    // (a0 + a2, b0 + b2, a1 + a3, b1 + b3), and the same of c and d.
    const F ab = _mm_add_ps(_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
    const F cd = _mm_add_ps(_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
    return _mm_add_ps(_mm_movelh_ps(ab, cd), _mm_movehl_ps(cd, ab));
  }
  static float sum(F a) {
    const F halves = _mm_add_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_add_ss(halves, _mm_shuffle_ps(halves, halves, 1)));
  }
  static float largest(F a) {
    const F halves = _mm_max_ps(a, _mm_movehl_ps(a, a));
    return _mm_cvtss_f32(_mm_max_ss(halves, _mm_shuffle_ps(halves, halves, 1)));
  }
  static unsigned equal(F a, F b) {
    return static_cast<unsigned>(_mm_movemask_ps(_mm_cmpeq_ps(a, b)));
  }

  static I first_integer(int32_t x) { return _mm_cvtsi32_si128(x); }
  static void store(int32_t* p, I a) { _mm_store_si128(reinterpret_cast<I*>(p), a); }
  static I add(I a, I b) { return _mm_add_epi32(a, b); }
  static I sums(I a, I b, I c, I d) {
    const I ab = _mm_add_epi32(_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b));
    const I cd = _mm_add_epi32(_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
    return _mm_add_epi32(_mm_unpacklo_epi64(ab, cd), _mm_unpackhi_epi64(ab, cd));
  }
  static I byte_products(const int8_t* weights, const int16_t* factors) {
    const I words = _mm_load_si128(reinterpret_cast<const I*>(weights));
    const I high_bytes = _mm_srai_epi16(words, 8);
    return _mm_add_epi32(
        _mm_madd_epi16(words, _mm_load_si128(reinterpret_cast<const I*>(factors))),
        _mm_madd_epi16(high_bytes, _mm_load_si128(reinterpret_cast<const I*>(factors + 8))));
  }
  static I store_factors(int16_t* to, I a, I b, I c, I d) {
    const I even = even_lanes(a, b), more_even = even_lanes(c, d);
    const I odd = _mm_sub_epi32(odd_lanes(a, b), _mm_slli_epi32(even, 8));
    const I more_odd = _mm_sub_epi32(odd_lanes(c, d), _mm_slli_epi32(more_even, 8));
    _mm_store_si128(reinterpret_cast<I*>(to), _mm_packs_epi32(even, more_even));
    _mm_store_si128(reinterpret_cast<I*>(to + 8), _mm_packs_epi32(odd, more_odd));
    return _mm_add_epi32(even, more_even);
  }
  static I zero_integers() { return _mm_setzero_si128(); }
  static int32_t sum(I a) {
    const I halves = _mm_add_epi32(a, _mm_shuffle_epi32(a, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(halves, _mm_shuffle_epi32(halves, 0xB1)));
  }

 private:
  static I even_lanes(I a, I b) {
    return _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), 0x88));
  }
  static I odd_lanes(I a, I b) {
    return _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), 0xDD));
  }
};

}  // namespace llama
