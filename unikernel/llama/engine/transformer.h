// One step of a Llama: a token and its position in, the logits of the next token out.
//
// V is how four floats are computed (lanes.h); how weights are stored and multiplied (fp32.h,
// int8.h) the model tells. All memory is one block that the caller provides; nothing is allocated
// later.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "attention.h"
#include "checkpoint.h"
#include "fp32.h"
#include "int8.h"
#include "operators.h"
#include "profile.h"

namespace llama {

/// Cuts aligned pieces from one block. With no block it only adds up.
class Arena {
 public:
  explicit Arena(void* block) : block_(static_cast<char*>(block)) {}
  template <class T>
  T* take(uint64_t count) {
    return static_cast<T*>(take_bytes(count * sizeof(T)));
  }
  [[nodiscard]] uint64_t used() const { return at_; }

 private:
  [[gnu::noinline]] void* take_bytes(uint64_t bytes) {
    void* piece = block_ == nullptr ? nullptr : block_ + at_;
    at_ += (bytes + kAlign - 1) / kAlign * kAlign;
    return piece;
  }

  static constexpr uint64_t kAlign = 16;
  char* block_;
  uint64_t at_ = 0;
};

/// A vector, ready to be multiplied by a matrix of either format.
template <class V>
struct ProductInput {
  const float* floats;
  typename Int8<V>::Input bytes;  // where the model is int8
};

template <class V>
class Transformer {
 public:
  /// Bytes that a transformer of this shape needs for so many positions, and what of them is the
  /// cache of keys and values. `positions` is at most the model's seq_len.
  struct Needs {
    uint64_t total, cache;
  };
  static Needs needs(const Model& model, uint32_t positions) {
    Transformer sizes;
    sizes.model_ = model;
    Arena arena(nullptr);
    return {sizes.lay_out(arena, positions), sizes.cache_bytes_};
  }

  /// `memory` is aligned to 16 bytes and holds needs().total; it need not be cleared.
  Transformer(const Model& model, uint32_t positions, void* memory) : model_(model) {
    Arena arena(memory);
    lay_out(arena, positions);
    // Pair i of a head turns by 10000^(-2i / head_size) a position.
    constexpr double kLn10000 = 9.210340371976182736;
    const uint32_t size = model.config.head_size();
    for (uint32_t i = 0; i < size / 2; ++i) {
      frequencies_[i] = static_cast<float>(power_of_e(-kLn10000 * 2 * i / size));
    }
  }

  /// Positions must come in order from 0. Returns vocab logits, or nullptr where they are not
  /// wanted, which saves the product. Each part is reported to `timer` (profile.h).
  template <class L>
  const float* step(uint32_t token, uint32_t position, bool want_logits, L& timer) {
    const Config& c = model_.config;
    if (model_.format == Format::fp32) {
      Fp32<V>::embed(x_, model_.embedding, token);
    } else {
      Int8<V>::embed(x_, model_.embedding, token);
    }
    set_rope_angles(position);
    timer.lap(Operator::embedding);
    for (uint32_t layer = 0; layer < c.layers; ++layer) {
      timer.edge_of_layer(layer);
      attend(layer, position, timer);
      feed_forward(layer, timer);
      timer.edge_of_layer(layer);
    }
    if (!want_logits) return nullptr;
    rms_norm<V>(normed_, x_, model_.final_norm, c.dim);
    timer.lap(Operator::final_norm);
    multiply(logits_, model_.classifier, 0, prepare(normed_, c.dim));
    timer.lap(Operator::classifier);
    return logits_;
  }

 private:
  Transformer() = default;

  [[gnu::noinline]] uint64_t lay_out(Arena& arena, uint32_t positions) {
    const Config& c = model_.config;
    positions_ = (positions + 3) / 4 * 4;
    const uint64_t half = uint64_t{positions_} * c.kv_dim();
    cache_ = arena.take<float>(2 * half * c.layers);
    cache_bytes_ = arena.used();
    x_ = arena.take<float>(c.dim);
    normed_ = arena.take<float>(c.dim);
    q_ = arena.take<float>(c.dim);
    k_ = arena.take<float>(c.kv_dim());
    v_ = arena.take<float>(c.kv_dim());
    mixed_ = arena.take<float>(c.dim);
    gate_ = arena.take<float>(c.hidden_dim);
    up_ = arena.take<float>(c.hidden_dim);
    frequencies_ = arena.take<float>(c.head_size() / 2);
    rope_angles_ = arena.take<float>(c.head_size());
    scores_ = arena.take<float>(positions_);
    spread_ = arena.take<float>(uint64_t{c.head_size()} * 4);
    logits_ = arena.take<float>(c.vocab + 3);
    const uint32_t longest = c.dim > c.hidden_dim ? c.dim : c.hidden_dim;
    rounded_ = arena.take<char>(model_.format == Format::int8 ? Int8<V>::input_bytes(longest) : 0);
    return arena.used();
  }

  [[gnu::noinline]] ProductInput<V> prepare(const float* x, uint32_t n) {
    if (model_.format == Format::fp32) return {x, {}};
    return {x, Int8<V>::prepare(x, n, rounded_)};
  }

  [[gnu::noinline]] void multiply(float* out, const Tensor& t, uint32_t layer,
                                  const ProductInput<V>& x) {
    if (model_.format == Format::fp32) {
      Fp32<V>::multiply(out, t, layer, x.floats);
    } else {
      Int8<V>::multiply(out, t, layer, x.bytes);
    }
  }

  [[gnu::noinline]] void set_rope_angles(uint32_t position) {
    for (uint32_t i = 0; i < model_.config.head_size() / 2; ++i) {
      const SineCosine at = sine_cosine(static_cast<float>(position) * frequencies_[i]);
      rope_angles_[2 * i] = at.cosine;
      rope_angles_[2 * i + 1] = at.sine;
    }
  }

  template <class L>
  void attend(uint32_t layer, uint32_t position, L& timer) {
    const Config& c = model_.config;
    const uint32_t size = c.head_size();
    rms_norm<V>(normed_, x_, model_.attention_norms + size_t{layer} * c.dim, c.dim);
    timer.lap(Operator::norm);

    const auto input = prepare(normed_, c.dim);
    multiply(q_, model_.wq, layer, input);
    multiply(k_, model_.wk, layer, input);
    multiply(v_, model_.wv, layer, input);
    timer.lap(Operator::matmul_qkv);

    const size_t half = size_t{positions_} * c.kv_dim();
    float* keys = cache_ + 2 * half * layer;
    float* values = keys + half;
    rotate(q_, c.dim, rope_angles_, size);
    rotate(k_, c.kv_dim(), rope_angles_, size);
    store_position<V>(keys, k_, position, c.kv_heads, size, positions_);
    store_position<V>(values, v_, position, c.kv_heads, size, positions_);
    timer.lap(Operator::rope);

    const Attention<V> attention(size, scores_, spread_);
    const uint32_t shared_by = c.heads / c.kv_heads;
    for (uint32_t head = 0; head < c.heads; ++head) {
      const size_t offset = size_t{head / shared_by} * positions_ * size;
      attention.head(mixed_ + size_t{head} * size, q_ + size_t{head} * size, keys + offset,
                     values + offset, position + 1);
    }
    timer.lap(Operator::attention);

    multiply(normed_, model_.wo, layer, prepare(mixed_, c.dim));
    add_to<V>(x_, normed_, c.dim);
    timer.lap(Operator::matmul_attention);
  }

  template <class L>
  void feed_forward(uint32_t layer, L& timer) {
    const Config& c = model_.config;
    rms_norm<V>(normed_, x_, model_.ffn_norms + size_t{layer} * c.dim, c.dim);
    timer.lap(Operator::norm);

    const auto input = prepare(normed_, c.dim);
    multiply(gate_, model_.w1, layer, input);
    multiply(up_, model_.w3, layer, input);
    timer.lap(Operator::matmul_gate_up);

    swiglu<V>(gate_, up_, c.hidden_dim);
    timer.lap(Operator::swiglu);

    multiply(normed_, model_.w2, layer, prepare(gate_, c.hidden_dim));
    add_to<V>(x_, normed_, c.dim);
    timer.lap(Operator::matmul_down);
  }

  Model model_;
  uint32_t positions_ = 0;
  uint64_t cache_bytes_ = 0;
  float *cache_ = nullptr, *x_ = nullptr, *normed_ = nullptr, *q_ = nullptr, *k_ = nullptr,
        *v_ = nullptr, *mixed_ = nullptr, *gate_ = nullptr, *up_ = nullptr, *frequencies_ = nullptr,
        *rope_angles_ = nullptr, *scores_ = nullptr, *spread_ = nullptr, *logits_ = nullptr;
  char* rounded_ = nullptr;
};

}  // namespace llama
