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
#include "lanes.h"

namespace llama {

template <class V>
struct Int8 {
  struct Input {
    const int16_t* pairs;  // e of eight pairs, then o - 256 * e of the same eight; and so on
    int32_t start;         // -128 * sum of e
    float scale;
  };

  static uint32_t padded(uint32_t columns) {
    return (columns + kInt8Columns - 1) / kInt8Columns * kInt8Columns;
  }
  static uint64_t input_bytes(uint32_t columns) { return uint64_t{padded(columns)} * 2; }

  /// Rounds `x` of n floats to 8 bits; `room` holds input_bytes(n).
  [[gnu::noinline]] static Input prepare(const float* x, uint32_t n, void* room) {
    auto* const pairs = static_cast<int16_t*>(room);
    F top = V::absolute(V::load(x));
    for (uint32_t i = 4; i < n; i += 4) top = V::max(top, V::absolute(V::load(x + i)));
    const float largest = V::largest(top);
    const F up = V::all(largest > 0 ? 127 / largest : 0);
    const auto rounded = [&](uint32_t i) {
      return i < n ? V::round(V::mul(V::load(x + i), up)) : V::zero_integers();
    };
    I sums = V::zero_integers();
    uint32_t i = 0;
    for (; i + kInt8Columns <= n; i += kInt8Columns) {
      I q[4];
#pragma clang loop unroll(full)
      for (uint32_t k = 0; k < 4; ++k) q[k] = V::round(V::mul(V::load(x + i + 4 * k), up));
      sums = V::add(sums, V::store_factors(pairs + i, q[0], q[1], q[2], q[3]));
    }
    if (i < n) {
      sums = V::add(sums, V::store_factors(pairs + i, rounded(i), rounded(i + 4), rounded(i + 8),
                                           rounded(i + 12)));
    }
    return {pairs, -128 * V::sum(sums), largest / 127};
  }

  static void embed(float* out, const Tensor& t, uint32_t row) {
    const auto* w = static_cast<const uint8_t*>(t.data) + size_t{row} * t.stride;
    for (uint32_t i = 0; i < t.columns; i += 2) {
      out[i] = static_cast<float>(w[i] - 128) * t.scales[row];
      out[i + 1] = static_cast<float>(static_cast<int8_t>(w[i + 1])) * t.scales[row];
    }
  }

  [[gnu::noinline]] static void multiply(float* out, const Tensor& t, uint32_t layer,
                                         const Input& x) {
    const size_t n = t.stride;
    const auto* w = static_cast<const int8_t*>(t.data) + layer * t.rows * n;
    const float* scales = t.scales + size_t{layer} * t.rows;
    const F input_scale = V::all(x.scale);
    const uint32_t whole = t.rows & ~3U;
    for (const float* const end = out + whole; out != end; w += 4 * n, scales += 4, out += 4) {
      V::store(out, V::mul(V::to_float(four_rows(w, x, n)), V::mul(V::load(scales), input_scale)));
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
      sum = V::add(sum, V::byte_products(w + c, x.pairs + c));
    }
  }

  /// Columns [at, at + kColumns) of four rows, one row after the other: a row takes three registers
  /// and its inputs come from memory.
  template <size_t kColumns>
  [[gnu::always_inline]] static void add_block(I (&sums)[4], const int8_t* const (&w)[4],
                                               const int16_t* x, size_t at) {
#pragma clang loop unroll(full)
    for (size_t r = 0; r < 4; ++r) {
      const int16_t* const pairs = opaque(x);
#pragma clang loop unroll(full)
      for (size_t c = 0; c < kColumns; c += kInt8Columns) {
        sums[r] = V::add(sums[r], V::byte_products(w[r] + at + c, pairs + at + c));
      }
    }
  }

  [[gnu::always_inline]] static I four_rows(const int8_t* first, const Input& x, size_t n) {
    constexpr size_t kLong = V::kUnrolled;
    const int8_t* const second = opaque(first + n);
    const int8_t* const third = opaque(second + n);
    const int8_t* const w[4] = {first, second, third, opaque(third + n)};
    const I start = V::first_integer(x.start);
    I sums[4] = {start, start, start, start};
    size_t c = 0;
    for (; c + kLong <= n; c += kLong) add_block<kLong>(sums, w, x.pairs, c);
    for (; c < n; c += kInt8Columns) add_block<kInt8Columns>(sums, w, x.pairs, c);
    return V::sums(sums[0], sums[1], sums[2], sums[3]);
  }
};

}  // namespace llama
