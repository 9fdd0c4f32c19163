// Grouped-query attention over a cache of keys and values.
//
// The cache is laid out for four positions a vector: a block holds, for one key/value head and four
// positions, head_size vectors, vector d having dimension d of the four. A score is then a sum over
// vectors with no sum across lanes, for four positions at once; and a value's weighted sum has one
// across lanes at its very end. A block is written one lane at a time; its first lane makes the
// others 0, so that a block in use never holds what was in memory before.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "math.h"

namespace llama {

/// One layer's cache: keys and values of `kv_heads` heads for up to `positions` positions (a
/// multiple of 4). Each half is [kv_head][block of 4][dimension][4].
struct Cache {
  float* keys;
  float* values;
  uint32_t positions;
};

/// Writes the key or value vector of one position, all heads.
template <class V>
[[gnu::noinline]] void store_position(float* half, const float* vector, uint32_t position,
                                      uint32_t kv_heads, uint32_t head_size, uint32_t positions) {
  const size_t head_floats = size_t{positions} * head_size;
  float* block = half + size_t{position / 4} * 4 * head_size;
  const uint32_t lane = position % 4;
  for (uint32_t head = 0; head < kv_heads; ++head, block += head_floats, vector += head_size) {
    for (uint32_t d = 0; d < head_size; ++d) {
      if (lane == 0) {
        V::store(block + size_t{d} * 4, V::first(vector[d]));
      } else {
        block[size_t{d} * 4 + lane] = vector[d];
      }
    }
  }
}

/// Rotates pairs of a vector of n floats by the angles of a position: in each head, pair i by
/// angle i. `angles` holds cosine and sine of head_size / 2 angles, one pair after the other.
[[gnu::noinline]] inline void rotate(float* x, uint32_t n, const float* angles,
                                     uint32_t head_size) {
  for (uint32_t i = 0; i < n; i += head_size) {
    for (uint32_t d = 0; d < head_size; d += 2) {
      const float cosine = angles[d], sine = angles[d + 1];
      const float a = x[i + d], b = x[i + d + 1];
      x[i + d] = a * cosine - b * sine;
      x[i + d + 1] = a * sine + b * cosine;
    }
  }
}

template <class V>
class Attention {
 public:
  /// `scores` holds one float for each position, a multiple of 4; `spread` four for each dimension.
  Attention(uint32_t head_size, float* scores, float* spread)
      : head_size_(head_size),
        // Scores are wanted to the base 2: exp(s) = 2^(s * log2(e)).
        scale_(kLog2E / square_root(static_cast<float>(head_size))),
        scores_(scores),
        spread_(spread) {}

  /// One head: out = softmax(q * keys / sqrt(head_size)) * values over positions [0, count).
  void head(float* out, const float* q, const float* keys, const float* values,
            uint32_t count) const {
    // A head size that is known when compiling makes loops of straight code.
    if (head_size_ == 8) {
      head_of<8>(out, q, keys, values, count);
    } else {
      head_of<0>(out, q, keys, values, count);
    }
  }

 private:
  using F = typename V::F;

  /// kSize is the head size, or 0 where only head_size_ tells.
  template <uint32_t kSize>
  [[gnu::noinline]] void head_of(float* out, const float* q, const float* keys, const float* values,
                                 uint32_t count) const {
    const uint32_t size = kSize != 0 ? kSize : head_size_;
    const uint32_t blocks = (count + 3) / 4;
    spread_query(q, size);
    const F top = score(keys, size, blocks, count);
    const float sum = weigh(V::all(V::largest(top)), blocks, count);
    const F share = V::all(1.0F / sum);
    for (uint32_t d = 0; d < size; d += 4) {
      V::store(out + d, V::mul(mix(values + size_t{d} * 4, size, blocks), share));
    }
  }

  /// Each dimension of the scaled query in all lanes of a vector.
  void spread_query(const float* q, uint32_t size) const {
    float* const to = spread_;
    const float scale = scale_;
#pragma clang loop unroll_count(4)
    for (uint32_t d = 0; d < size; ++d) {
      V::store(to + size_t{d} * 4, V::all(q[d] * scale));
    }
  }

  /// Scores of four positions.
  [[gnu::always_inline]] static F block_score(const float* spread, const float* keys,
                                              uint32_t size) {
    F sum = V::mul(V::load(spread), V::load(keys));
    add_dimensions<1, 4>(sum, spread, keys);
    for (uint32_t d = 16; d < 4 * size; d += 16) {
      add_dimensions<0, 4>(sum, spread + d, keys + d);
    }
    return sum;
  }
  template <int kFrom, int kTo>
  [[gnu::always_inline]] static void add_dimensions(F& sum, const float* q, const float* keys) {
#pragma clang loop unroll(full)
    for (int d = kFrom; d < kTo; ++d) {
      sum = V::add(sum, V::mul(V::load(q + d * 4), V::load(keys + d * 4)));
    }
  }

  /// Scores of all positions; returns the largest by lanes.
  [[gnu::always_inline]] F score(const float* keys, uint32_t size, uint32_t blocks,
                                 uint32_t count) const {
    const F low = V::all(-0x1p126F);
    F top = low;
    float* at = scores_;
    const float* const spread = spread_;
    for (uint32_t left = blocks - 1; left != 0; --left) {
      const F sum = block_score(spread, keys, size);
      V::store(at, sum);
      top = V::max(top, sum);
      keys += size_t{size} * 4;
      at += 4;
    }
    const F sum = block_score(spread, keys, size);
    V::store(at, sum);
    // Lanes beyond `count` have a score too, and must not be the largest.
    const unsigned kept = count - (blocks - 1) * 4;
    return V::max(top, V::add(V::keep(sum, kept), V::sub(low, V::keep(low, kept))));
  }

  /// Scores to weights, 2^(score - top); returns their sum.
  float weigh(F top, uint32_t blocks, uint32_t count) const {
    float* const last = scores_ + size_t{blocks - 1} * 4;
    F sum = V::all(0);
    for (float* at = scores_; at != last; at += 4) {
      const F weight = exp2<V>(V::sub(V::load(at), top));
      V::store(at, weight);
      sum = V::add(sum, weight);
    }
    const unsigned kept = count - (blocks - 1) * 4;
    const F weight = V::keep(exp2<V>(V::sub(V::load(last), top)), kept);
    V::store(last, weight);
    return V::sum(V::add(sum, weight));
  }

  /// Weighted sum of four dimensions.
  [[gnu::always_inline]] F mix(const float* values, uint32_t size, uint32_t blocks) const {
    F sums[4];
    const float* const scores = scores_;
    F w = V::load(scores);
#pragma clang loop unroll(full)
    for (int d = 0; d < 4; ++d) sums[d] = V::mul(w, V::load(values + d * 4));
    for (uint32_t b = 1; b < blocks; ++b) {
      values += size_t{size} * 4;
      w = V::load(scores + size_t{b} * 4);
#pragma clang loop unroll(full)
      for (int d = 0; d < 4; ++d) sums[d] = V::add(sums[d], V::mul(w, V::load(values + d * 4)));
    }
    return V::sums(sums[0], sums[1], sums[2], sums[3]);
  }

  uint32_t head_size_;
  float scale_;
  float* scores_;
  float* spread_;
};

}  // namespace llama
