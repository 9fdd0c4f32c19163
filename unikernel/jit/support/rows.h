// Sets of small numbers, one a row.
#pragma once

#include "support/arena.h"

namespace jit {

/// Calls f(number) for each bit that is set in `words` words, in order.
template <class F>
void for_each_bit(const uint32_t* set, uint32_t words, const F& f) {
  for (uint32_t i = 0; i < words; ++i) {
    for (uint32_t bits = set[i]; bits != 0; bits &= bits - 1) {
      f(i * 32 + static_cast<uint32_t>(__builtin_ctz(bits)));
    }
  }
}

class Rows {
 public:
  /// `rows` empty sets of numbers below `columns`; false: the arena is full.
  bool make(Arena& arena, uint32_t rows, uint32_t columns) {
    constexpr uint32_t kMost = 0xFFFFFFFF;
    words_ = columns / 32 + (columns % 32 != 0);
    const uint64_t words = uint64_t{rows} * words_;
    bits_ = arena.make<uint32_t>(words < kMost ? static_cast<uint32_t>(words) : kMost);
    if (bits_ == nullptr) return false;
    constexpr uint32_t kAtOnce = 1024;
    for (uint32_t left = static_cast<uint32_t>(words), some = 0; left > 0; left -= some) {
      some = left < kAtOnce ? left : kAtOnce;
      __builtin_memset(bits_ + (words - left), 0, some * sizeof *bits_);
      arena.step(some / 128 + 1);
    }
    return true;
  }
  uint32_t* row(uint32_t r) const { return bits_ + size_t{r} * words_; }
  [[nodiscard]] bool has(uint32_t r, uint32_t c) const { return row(r)[c / 32] >> (c % 32) & 1; }
  void add(uint32_t r, uint32_t c) const { row(r)[c / 32] |= 1U << (c % 32); }
  void remove(uint32_t r, uint32_t c) const { row(r)[c / 32] &= ~(1U << (c % 32)); }
  /// true: it changed.
  bool add_all(uint32_t to, const uint32_t* from) const {
    bool changed = false;
    for (uint32_t i = 0; i < words_; ++i) {
      const uint32_t sum = row(to)[i] | from[i];
      changed |= sum != row(to)[i];
      row(to)[i] = sum;
    }
    return changed;
  }
  /// As add_all(), without the members of `without`.
  bool add_all_but(uint32_t to, const uint32_t* from, const uint32_t* without) const {
    bool changed = false;
    for (uint32_t i = 0; i < words_; ++i) {
      const uint32_t sum = row(to)[i] | (from[i] & ~without[i]);
      changed |= sum != row(to)[i];
      row(to)[i] = sum;
    }
    return changed;
  }
  [[nodiscard]] bool overlap(uint32_t a, const uint32_t* b) const {
    for (uint32_t i = 0; i < words_; ++i) {
      if ((row(a)[i] & b[i]) != 0) return true;
    }
    return false;
  }
  void copy(uint32_t to, const uint32_t* from) const {
    for (uint32_t i = 0; i < words_; ++i) row(to)[i] = from[i];
  }
  void clear(uint32_t r) const {
    for (uint32_t i = 0; i < words_; ++i) row(r)[i] = 0;
  }
  /// Calls f(column) for each member of a row, in order.
  template <class F>
  void for_each(uint32_t r, const F& f) const {
    for_each_bit(row(r), words_, f);
  }

 private:
  uint32_t* bits_ = nullptr;
  uint32_t words_ = 0;
};

}  // namespace jit
