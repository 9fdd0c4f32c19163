// Which token comes next: the best one, or one drawn by chance. The generator is seeded, so the
// same seed gives the same text in every build.
#pragma once

#include <stdint.h>

#include "operators.h"

namespace llama {

/// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled",
/// 2016): 64 bits of state, never 0.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed != 0 ? seed : 1) {}
  uint32_t next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<uint32_t>((state_ * 0x2545F4914F6CDD1D) >> 32);
  }
  /// From 0 up to, not including, 1: 24 bits.
  float uniform() { return static_cast<float>(next() >> 8) * 0x1p-24F; }

 private:
  uint64_t state_;
};

struct Sampling {
  float temperature = 0;  // 0: always the best
  float top_p = 0.9F;     // draw from the most likely whose probabilities reach this; 1: from all
  uint64_t seed = 1;
};

template <class V>
class Sampler {
 public:
  struct Choice {
    float probability;
    uint32_t token;
  };
  /// `choices` holds one for each token of the vocabulary; with temperature 0 it may be nullptr.
  Sampler(const Sampling& how, uint32_t vocab, Choice* choices)
      : how_(how), random_(how.seed), vocab_(vocab), choices_(choices) {}

  uint32_t next(const float* logits) {
    return how_.temperature > 0 ? draw(logits) : argmax<V>(logits, vocab_);
  }

 private:
  uint32_t draw(const float* logits) {
    const float top = logits[argmax<V>(logits, vocab_)];
    float sum = 0;
    for (uint32_t i = 0; i < vocab_; ++i) {
      const float p = exponential<V>((logits[i] - top) / how_.temperature);
      choices_[i] = {p, i};
      sum += p;
    }
    const bool all = !(how_.top_p > 0 && how_.top_p < 1);
    const float target = all ? sum : how_.top_p * sum;
    // A heap gives the most likely first, and no more of them than are needed.
    for (uint32_t i = vocab_ / 2; i-- > 0;) sift_down(i, vocab_);
    float reached = 0;
    uint32_t kept = 0;
    while (kept < vocab_) {
      const uint32_t end = vocab_ - 1 - kept;
      const Choice best = choices_[0];
      choices_[0] = choices_[end];
      choices_[end] = best;
      sift_down(0, end);
      ++kept;
      reached += best.probability;
      if (!all && reached > target) break;
    }
    const float mark = random_.uniform() * reached;
    float passed = 0;
    for (uint32_t i = 0; i < kept; ++i) {
      const Choice& choice = choices_[vocab_ - 1 - i];
      passed += choice.probability;
      if (mark < passed) return choice.token;
    }
    return choices_[vocab_ - kept].token;  // rounding: the last one
  }

  void sift_down(uint32_t root, uint32_t end) {
    for (;;) {
      uint32_t child = 2 * root + 1;
      if (child >= end) return;
      if (child + 1 < end && above(choices_[child + 1], choices_[child])) ++child;
      if (!above(choices_[child], choices_[root])) return;
      const Choice moved = choices_[root];
      choices_[root] = choices_[child];
      choices_[child] = moved;
      root = child;
    }
  }
  static bool above(const Choice& a, const Choice& b) {
    return a.probability > b.probability || (a.probability == b.probability && a.token < b.token);
  }

  Sampling how_;
  Random random_;
  uint32_t vocab_;
  Choice* choices_;
};

}  // namespace llama
