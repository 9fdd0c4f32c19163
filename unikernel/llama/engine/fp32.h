// Products with float weights. out[r] = sum over c of w[r][c] * x[c].
//
// The order of a sum, in every build: lane l of four adds up the products of the columns l, l + 4,
// l + 8, ..., from the first on; then (lane 0 + lane 2) + (lane 1 + lane 3).
#pragma once

#include <stddef.h>

#include "checkpoint.h"
#include "lanes.h"

namespace llama {

template <class V>
struct Fp32 {
  /// Row `row` of the tensor's first layer.
  static void embed(float* out, const Tensor& t, uint32_t row) {
    const float* w = static_cast<const float*>(t.data) + size_t{row} * t.columns;
    for (uint32_t i = 0; i < t.columns; i += 4) V::store(out + i, V::load(w + i));
  }

  /// Four rows at a time.
  [[gnu::noinline]] static void multiply(float* out, const Tensor& t, uint32_t layer,
                                         const float* x) {
    const size_t n = t.columns;
    const float* w = static_cast<const float*>(t.data) + layer * t.rows * n;
    const uint32_t whole = t.rows & ~3U;
    for (const float* const end = out + whole; out != end; w += 4 * n, out += 4) {
      V::store(out, four_rows(w, x, n));
    }
    // A vocabulary need not be a multiple of 4. (Other tensors are: their rows make up vectors.)
    for (uint32_t row = whole; row < t.rows; ++row, w += n) *out++ = one_row(w, x, n);
  }

 private:
  using F = typename V::F;
  static constexpr size_t kLong = V::kUnrolled, kShort = 16;  // columns a round of the loops

  /// Adds columns [c, c + kColumns) of four rows to the sums, or, kFirst, begins the sums with
  /// them.
  template <size_t kColumns, bool kFirst>
  [[gnu::always_inline]] static void add_columns(F (&sums)[4], const float* const (&w)[4],
                                                 const float* x, size_t at) {
#pragma clang loop unroll(full)
    for (size_t c = 0; c < kColumns; c += 4) {
      const F v = V::load(x + at + c);
#pragma clang loop unroll(full)
      for (size_t r = 0; r < 4; ++r) {
        const F product = V::mul(v, V::load(w[r] + at + c));
        sums[r] = kFirst && c == 0 ? product : V::add(sums[r], product);
      }
    }
  }

  [[gnu::always_inline]] static F four_rows(const float* first, const float* x, size_t n) {
    const float* const second = opaque(first + n);
    const float* const third = opaque(second + n);
    const float* const w[4] = {first, second, third, opaque(third + n)};
    F sums[4];
    size_t c = 0;
    if (n >= kLong) {
      add_columns<kLong, true>(sums, w, x, 0);
      for (c = kLong; c + kLong <= n; c += kLong) add_columns<kLong, false>(sums, w, x, c);
    } else {
      add_columns<4, true>(sums, w, x, 0);
      c = 4;
    }
    for (; c + kShort <= n; c += kShort) add_columns<kShort, false>(sums, w, x, c);
    for (; c < n; c += 4) add_columns<4, false>(sums, w, x, c);
    return V::sums(sums[0], sums[1], sums[2], sums[3]);
  }

  static float one_row(const float* w, const float* x, size_t n) {
    F sum = V::mul(V::load(x), V::load(w));
    for (size_t c = 4; c < n; c += 4) sum = V::add(sum, V::mul(V::load(x + c), V::load(w + c)));
    return V::sum(sum);
  }
};

}  // namespace llama
