// The operators between the matrix products, each over vectors whose lengths are multiples of 4.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "math.h"

namespace llama {

/// out = x / sqrt(mean of x^2 + 1e-5) * weight. The sum of squares goes by four lanes, as a row of
/// a product does.
template <class V>
[[gnu::noinline]] void rms_norm(float* out, const float* x, const float* weight, uint32_t n) {
  auto squares = V::mul(V::load(x), V::load(x));
  for (uint32_t i = 4; i < n; i += 4) {
    const auto v = V::load(x + i);
    squares = V::add(squares, V::mul(v, v));
  }
  const float mean = V::sum(squares) / static_cast<float>(n);
  const auto scale = V::all(1.0F / square_root(mean + 1e-5F));
  for (uint32_t i = 0; i < n; i += 4) {
    V::store(out + i, V::mul(V::load(weight + i), V::mul(scale, V::load(x + i))));
  }
}

/// x += y.
template <class V>
void add_to(float* x, const float* y, uint32_t n) {
  for (uint32_t i = 0; i < n; i += 4) V::store(x + i, V::add(V::load(x + i), V::load(y + i)));
}

/// gate = gate * sigmoid(gate) * up.
template <class V>
[[gnu::noinline]] void swiglu(float* gate, const float* up, uint32_t n) {
  const auto one = V::all(1.0F), minus_log2e = V::all(-kLog2E), most = V::all(126.0F);
  for (uint32_t i = 0; i < n; i += 4) {
    const auto g = V::load(gate + i);
    const auto e = exp2<V>(V::min(V::mul(g, minus_log2e), most));
    V::store(gate + i, V::mul(V::div(g, V::add(one, e)), V::load(up + i)));
  }
}

/// The index of the largest, the first of equals; 0 where nothing is larger than NaN.
template <class V>
uint32_t argmax(const float* x, uint32_t n) {
  const uint32_t whole = n & ~3U;
  auto top = V::load(x);
  for (uint32_t i = 4; i < whole; i += 4) top = V::max(top, V::load(x + i));
  float largest = V::largest(top);
  for (uint32_t i = whole; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
  const auto wanted = V::all(largest);
  for (uint32_t i = 0; i < whole; i += 4) {
    const unsigned hits = V::equal(V::load(x + i), wanted);
    if (hits != 0) return i + static_cast<uint32_t>(__builtin_ctz(hits));
  }
  for (uint32_t i = whole; i < n; ++i) {
    if (x[i] == largest) return i;
  }
  return 0;
}

}  // namespace llama
