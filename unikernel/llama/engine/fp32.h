// Products with float weights. out[r] = sum over c of w[r][c] * x[c].
//
// The order of a sum, in every build: lane l of four adds up the products of the columns l, l + 4,
// l + 8, ..., from the first on; then (lane 0 + lane 2) + (lane 1 + lane 3).
#pragma once

#include <stddef.h>

#include "checkpoint.h"

namespace llama {

template <class V>
struct Fp32 {
  static constexpr Format kFormat = Format::fp32;
  using Input = const float*;

  static uint64_t input_bytes(uint32_t) { return 0; }
  static Input prepare(const float* x, uint32_t, void*) { return x; }

  /// Row `row` of the tensor's first layer.
  static void embed(float* out, const Tensor& t, uint32_t row) {
    const float* w = static_cast<const float*>(t.data) + size_t{row} * t.columns;
    for (uint32_t i = 0; i < t.columns; i += 4) V::store(out + i, V::load(w + i));
  }

  /// Four rows at a time. With kAdd the product is added to what `out` holds.
  template <bool kAdd = false>
  static void multiply(float* out, const Tensor& t, uint32_t layer, Input x) {
    const size_t n = t.columns;
    const float* w = static_cast<const float*>(t.data) + layer * t.rows * n;
    const uint32_t whole = t.rows & ~3U;
    for (uint32_t row = 0; row < whole; row += 4, w += 4 * n, out += 4) {
      const typename V::F product = four_rows(w, x, n);
      V::store(out, kAdd ? V::add(V::load(out), product) : product);
    }
    // A vocabulary need not be a multiple of 4. (Other tensors are: their rows make up vectors.)
    for (uint32_t row = whole; row < t.rows; ++row, w += n) *out++ = one_row(w, x, n);
  }

 private:
  using F = typename V::F;
  static constexpr size_t kLong = 64, kShort = 16;  // columns a round of the unrolled loops

  /// Adds columns [0, kColumns) of four rows to the sums.
  template <size_t kColumns>
  [[gnu::always_inline]] static void add_columns(F (&sums)[4], const float* w, const float* x,
                                                 size_t n) {
#pragma clang loop unroll(full)
    for (size_t c = 0; c < kColumns; c += 4) {
      const F v = V::load(x + c);
#pragma clang loop unroll(full)
      for (size_t r = 0; r < 4; ++r) sums[r] = V::add(sums[r], V::mul(v, V::load(w + r * n + c)));
    }
  }

  [[gnu::always_inline]] static F four_rows(const float* w, const float* x, size_t n) {
    F sums[4];
    const F v = V::load(x);
#pragma clang loop unroll(full)
    for (size_t r = 0; r < 4; ++r) sums[r] = V::mul(v, V::load(w + r * n));
    size_t c = 4;
    for (; c + kLong <= n; c += kLong) add_columns<kLong>(sums, w + c, x + c, n);
    for (; c + kShort <= n; c += kShort) add_columns<kShort>(sums, w + c, x + c, n);
    for (; c < n; c += 4) add_columns<4>(sums, w + c, x + c, n);
    return V::sums(sums[0], sums[1], sums[2], sums[3]);
  }

  static float one_row(const float* w, const float* x, size_t n) {
    F sum = V::mul(V::load(x), V::load(w));
    for (size_t c = 4; c < n; c += 4) sum = V::add(sum, V::mul(V::load(x + c), V::load(w + c)));
    return V::sum(sum);
  }
};

}  // namespace llama
