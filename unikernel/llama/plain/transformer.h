// The yardstick: one step of a Llama as its formulas are written down, one number after the other,
// as one would write it in an afternoon. No vectors by hand, no blocks, no layout of its own.
// Guests made of it (llama_plain, llama_plain_fast) are what the engine is measured against; nobody
// should use them for anything else. fp32 alone.
//
// It has the interface of engine/transformer.h, so that all the rest of the guest is the same.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "engine/checkpoint.h"
#include "engine/profile.h"
#include "plain/math.h"

namespace llama {

class PlainTransformer {
 public:
  struct Needs {
    uint64_t total, cache;
  };
  static Needs needs(const Model& model, uint32_t positions) {
    const Config& c = model.config;
    const uint64_t cache = uint64_t{2} * c.layers * positions * c.kv_dim();
    const uint64_t rest =
        uint64_t{4} * c.dim + 2 * uint64_t{c.hidden_dim} + c.head_size() + positions + c.vocab;
    return {(cache + rest) * sizeof(float), cache * sizeof(float)};
  }

  PlainTransformer(const Model& model, uint32_t positions, void* memory)
      : m_(model), positions_(positions) {
    const Config& c = m_.config;
    auto* at = static_cast<float*>(memory);
    const auto take = [&](size_t count) {
      float* const part = at;
      at += count;
      return part;
    };
    keys_ = take(size_t{c.layers} * positions * c.kv_dim());
    values_ = take(size_t{c.layers} * positions * c.kv_dim());
    x_ = take(c.dim);
    normed_ = take(c.dim);
    query_ = take(c.dim);
    mixed_ = take(c.dim);
    gate_ = take(c.hidden_dim);
    up_ = take(c.hidden_dim);
    rope_angles_ = take(c.head_size());
    scores_ = take(positions);
    logits_ = take(c.vocab);
  }

  template <class L>
  const float* step(uint32_t token, uint32_t position, bool want_logits, L& timer) {
    const Config& c = m_.config;
    const float* row = static_cast<const float*>(m_.embedding.data) + size_t{token} * c.dim;
    for (uint32_t i = 0; i < c.dim; ++i) x_[i] = row[i];
    for (uint32_t i = 0; i < c.head_size(); i += 2) {
      plain_rope_angle(position, i, c.head_size(), &rope_angles_[i]);
    }
    timer.lap(Operator::embedding);
    for (uint32_t layer = 0; layer < c.layers; ++layer) {
      timer.edge_of_layer(layer);
      attend(layer, position, timer);
      feed_forward(layer, timer);
      timer.edge_of_layer(layer);
    }
    if (!want_logits) return nullptr;
    norm(normed_, x_, m_.final_norm, c.dim);
    timer.lap(Operator::final_norm);
    multiply(logits_, m_.classifier, 0, normed_);
    timer.lap(Operator::classifier);
    return logits_;
  }

 private:
  [[gnu::noinline]] static void multiply(float* out, const Tensor& t, uint32_t layer,
                                         const float* x) {
    const float* w = static_cast<const float*>(t.data) + size_t{layer} * t.rows * t.columns;
    for (uint32_t r = 0; r < t.rows; ++r, w += t.columns) {
      float sum = 0;
      for (uint32_t i = 0; i < t.columns; ++i) sum += w[i] * x[i];
      out[r] = sum;
    }
  }
  [[gnu::noinline]] static void norm(float* out, const float* x, const float* weight, uint32_t n) {
    float squares = 0;
    for (uint32_t i = 0; i < n; ++i) squares += x[i] * x[i];
    const float scale = 1 / __builtin_sqrtf(squares / static_cast<float>(n) + 1e-5F);
    for (uint32_t i = 0; i < n; ++i) out[i] = weight[i] * (scale * x[i]);
  }
  static void add(float* x, const float* y, uint32_t n) {
    for (uint32_t i = 0; i < n; ++i) x[i] += y[i];
  }
  [[gnu::noinline]] void rotate(float* x, uint32_t n) const {
    const uint32_t size = m_.config.head_size();
    for (uint32_t i = 0; i < n; i += 2) {
      const float cosine = rope_angles_[i % size], sine = rope_angles_[i % size + 1];
      const float a = x[i], b = x[i + 1];
      x[i] = a * cosine - b * sine;
      x[i + 1] = a * sine + b * cosine;
    }
  }

  template <class L>
  void attend(uint32_t layer, uint32_t position, L& timer) {
    const Config& c = m_.config;
    norm(normed_, x_, m_.attention_norms + size_t{layer} * c.dim, c.dim);
    timer.lap(Operator::norm);

    const size_t start = size_t{layer} * positions_ * c.kv_dim();
    float* key = keys_ + start + size_t{position} * c.kv_dim();
    multiply(query_, m_.wq, layer, normed_);
    multiply(key, m_.wk, layer, normed_);
    multiply(values_ + (key - keys_), m_.wv, layer, normed_);
    timer.lap(Operator::matmul_qkv);

    rotate(query_, c.dim);
    rotate(key, c.kv_dim());
    timer.lap(Operator::rope);

    for (uint32_t head = 0; head < c.heads; ++head) mix(head, start, position);
    timer.lap(Operator::attention);

    multiply(normed_, m_.wo, layer, mixed_);
    add(x_, normed_, c.dim);
    timer.lap(Operator::matmul_attention);
  }

  [[gnu::noinline]] void mix(uint32_t head, size_t start, uint32_t position) {
    const Config& c = m_.config;
    const uint32_t size = c.head_size(), width = c.kv_dim();
    const size_t from = start + size_t{head / (c.heads / c.kv_heads)} * size;
    const float* q = query_ + size_t{head} * size;
    const float root = __builtin_sqrtf(static_cast<float>(size));
    for (uint32_t p = 0; p <= position; ++p) {
      const float* key = keys_ + from + size_t{p} * width;
      float score = 0;
      for (uint32_t d = 0; d < size; ++d) score += q[d] * key[d];
      scores_[p] = score / root;
    }
    float top = scores_[0], sum = 0;
    for (uint32_t p = 1; p <= position; ++p) top = scores_[p] > top ? scores_[p] : top;
    for (uint32_t p = 0; p <= position; ++p) {
      scores_[p] = plain_exp(scores_[p] - top);
      sum += scores_[p];
    }
    for (uint32_t p = 0; p <= position; ++p) scores_[p] /= sum;
    float* out = mixed_ + size_t{head} * size;
    for (uint32_t d = 0; d < size; ++d) out[d] = 0;
    for (uint32_t p = 0; p <= position; ++p) {
      const float* value = values_ + from + size_t{p} * width;
      for (uint32_t d = 0; d < size; ++d) out[d] += scores_[p] * value[d];
    }
  }

  template <class L>
  void feed_forward(uint32_t layer, L& timer) {
    const Config& c = m_.config;
    norm(normed_, x_, m_.ffn_norms + size_t{layer} * c.dim, c.dim);
    timer.lap(Operator::norm);
    multiply(gate_, m_.w1, layer, normed_);
    multiply(up_, m_.w3, layer, normed_);
    timer.lap(Operator::matmul_gate_up);
    for (uint32_t i = 0; i < c.hidden_dim; ++i) {
      gate_[i] = gate_[i] / (1 + plain_exp(-gate_[i])) * up_[i];
    }
    timer.lap(Operator::swiglu);
    multiply(normed_, m_.w2, layer, gate_);
    add(x_, normed_, c.dim);
    timer.lap(Operator::matmul_down);
  }

  Model m_;
  uint32_t positions_;
  float *keys_, *values_, *x_, *normed_, *query_, *mixed_, *gate_, *up_, *rope_angles_, *scores_,
      *logits_;
};

}  // namespace llama
