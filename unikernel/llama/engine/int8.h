// Products with 8-bit weights. The input is rounded to 8 bits too, with one scale for all of it:
// out[r] = (sum of w[r][c] * q[c]) * (scale of row r * scale of the input). The sum is an integer,
// so its order does not matter.
//
// The multiplication is SSE2's pmaddwd, eight products of 16 bits. It would take two instructions a
// vector to spread bytes to words. Instead, two weights stay in the word they are stored in,
// word = 256 * h + u, with h the odd column's weight and u the even column's plus 128. With the
// inputs e (of the even column) and o (of the odd one),
//
//   word * e + h * (o - 256 * e) = u * e + h * o,
//
// so that only h is shifted out, once. The factor o - 256 * e fits 16 bits because inputs are from
// -127 to 127: 127 + 256 * 127 = 32,639. Sixteen products take seven instructions. What the 128
// adds, 128 * (sum of all e), is known before and taken off at the start.
//
// Sums wrap around at 32 bits on the way, and are right at the end while columns * 127 * 127 is
// below 2^31: for up to 133,143 columns, and read_checkpoint() refuses more.
#pragma once

#include <stddef.h>

#include "checkpoint.h"

namespace llama {

template <class V>
struct Int8 {
  static constexpr Format kFormat = Format::int8;

  struct Input {
    const int16_t* even;  // e of each pair
    const int16_t* odd;   // o - 256 * e of each pair
    int32_t start;        // -128 * sum of e
    float scale;
  };

  static uint32_t padded(uint32_t columns) {
    return (columns + kInt8Columns - 1) / kInt8Columns * kInt8Columns;
  }
  static uint64_t input_bytes(uint32_t columns) { return uint64_t{padded(columns)} * 2; }

  /// Rounds `x` of n floats to 8 bits; `room` holds input_bytes(n).
  static Input prepare(const float* x, uint32_t n, void* room) {
    auto* even = static_cast<int16_t*>(room);
    int16_t* odd = even + padded(n) / 2;
    F top = V::absolute(V::load(x));
    for (uint32_t i = 4; i < n; i += 4) top = V::max(top, V::absolute(V::load(x + i)));
    const float largest = V::largest(top);
    const F up = V::all(largest > 0 ? 127 / largest : 0);
    int32_t sum = 0;
    uint32_t pair = 0;
    for (uint32_t i = 0; i < n; i += 4) {
      alignas(16) int32_t q[4];
      V::store(q, V::round(V::mul(V::load(x + i), up)));
      for (int k = 0; k < 4; k += 2, ++pair) {
        even[pair] = static_cast<int16_t>(q[k]);
        odd[pair] = static_cast<int16_t>(q[k + 1] - q[k] * 256);
        sum += q[k];
      }
    }
    for (; pair < padded(n) / 2; ++pair) even[pair] = odd[pair] = 0;
    return {even, odd, -128 * sum, largest / 127};
  }

  static void embed(float* out, const Tensor& t, uint32_t row) {
    const auto* w = static_cast<const uint8_t*>(t.data) + size_t{row} * t.stride;
    for (uint32_t i = 0; i < t.columns; i += 2) {
      out[i] = static_cast<float>(w[i] - 128) * t.scales[row];
      out[i + 1] = static_cast<float>(static_cast<int8_t>(w[i + 1])) * t.scales[row];
    }
  }

  template <bool kAdd = false>
  static void multiply(float* out, const Tensor& t, uint32_t layer, const Input& x) {
    const size_t n = t.stride;
    const auto* w = static_cast<const int8_t*>(t.data) + layer * t.rows * n;
    const float* scales = t.scales + size_t{layer} * t.rows;
    const F input_scale = V::all(x.scale);
    const uint32_t whole = t.rows & ~3U;
    for (uint32_t row = 0; row < whole; row += 4, w += 4 * n, scales += 4, out += 4) {
      const F product =
          V::mul(V::to_float(four_rows(w, x, n)), V::mul(V::load(scales), input_scale));
      V::store(out, kAdd ? V::add(V::load(out), product) : product);
    }
    for (uint32_t row = whole; row < t.rows; ++row, w += n) {
      I sum = V::first_integer(x.start);
      add_columns(sum, w, x, n);
      *out++ = V::first_of(
          V::mul(V::to_float(V::sums(sum, sum, sum, sum)), V::mul(V::all(*scales++), input_scale)));
    }
  }

 private:
  using F = typename V::F;
  using I = typename V::I;

  [[gnu::always_inline]] static void add_columns(I& sum, const int8_t* w, const Input& x,
                                                 size_t n) {
    for (size_t c = 0; c < n; c += kInt8Columns) {
      sum = V::add(sum, V::byte_products(w + c, x.even + c / 2, x.odd + c / 2));
    }
  }

  template <size_t kColumns>
  [[gnu::always_inline]] static void add_block(I (&sums)[4], const int8_t* w, const int16_t* even,
                                               const int16_t* odd, size_t n) {
#pragma clang loop unroll(full)
    for (size_t c = 0; c < kColumns; c += kInt8Columns) {
#pragma clang loop unroll(full)
      for (size_t r = 0; r < 4; ++r) {
        sums[r] = V::add(sums[r], V::byte_products(w + r * n + c, even + c / 2, odd + c / 2));
      }
    }
  }

  [[gnu::always_inline]] static I four_rows(const int8_t* w, const Input& x, size_t n) {
    constexpr size_t kLong = 64;
    const I start = V::first_integer(x.start);
    I sums[4] = {start, start, start, start};
    size_t c = 0;
    for (; c + kLong <= n; c += kLong) {
      add_block<kLong>(sums, w + c, x.even + c / 2, x.odd + c / 2, n);
    }
    for (; c < n; c += kInt8Columns) {
      add_block<kInt8Columns>(sums, w + c, x.even + c / 2, x.odd + c / 2, n);
    }
    return V::sums(sums[0], sums[1], sums[2], sums[3]);
  }
};

}  // namespace llama
