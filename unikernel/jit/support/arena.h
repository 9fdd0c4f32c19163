// Memory for one pipeline: handed out from the front of one block, given back all at once. No
// allocator below, so that it works the same in a guest and on the host.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "support/pace.h"

namespace jit {

/// A view of `size` elements that somebody else owns.
template <class T>
struct Span {
  T* data = nullptr;
  uint32_t size = 0;

  T& operator[](uint32_t i) const { return data[i]; }
  T* begin() const { return data; }
  T* end() const { return data + size; }
  [[nodiscard]] bool empty() const { return size == 0; }
};

class Arena {
 public:
  Arena() = default;
  /// `memory` holds `bytes` bytes and outlives the arena.
  Arena(void* memory, size_t bytes)
      : begin_(static_cast<char*>(memory)), next_(begin_), end_(begin_ + bytes) {}

  /// Uninitialized memory for `count` objects of a trivial type; nullptr where it does not fit.
  template <class T>
  T* make(uint32_t count) {
    step();
    const size_t padding = static_cast<size_t>(-reinterpret_cast<uintptr_t>(next_)) % alignof(T);
    const size_t left = static_cast<size_t>(end_ - next_);
    if (left < padding || (left - padding) / sizeof(T) < count) {
      exhausted_ = true;
      return nullptr;
    }
    T* const made = reinterpret_cast<T*>(next_ + padding);
    next_ += padding + sizeof(T) * count;
    return made;
  }

  /// What make() hands out from here on is given back by release().
  struct Mark {
    char* next;
  };
  [[nodiscard]] Mark mark() const { return {next_}; }
  void release(Mark mark) { next_ = mark.next; }

  /// Whoever works with this memory keeps pace; nullptr: nobody waits for it.
  void use(Pace* pace) { pace_ = pace; }
  [[nodiscard]] Pace* pace() const { return pace_; }
  /// So many steps of the work are done.
  void step(uint32_t count = 1) const {
    if (pace_ != nullptr) pace_->step(count);
  }
  /// Before so many steps that are to be done without a pause.
  void make_room(uint32_t count) const {
    if (pace_ != nullptr) pace_->make_room(count);
  }

  [[nodiscard]] size_t used() const { return static_cast<size_t>(next_ - begin_); }
  [[nodiscard]] size_t left() const { return static_cast<size_t>(end_ - next_); }
  /// Whether make() ever refused.
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  /// For one who tried what need not succeed: `was` is exhausted() from before.
  void restore_exhausted(bool was) { exhausted_ = was; }

 private:
  char* begin_ = nullptr;
  char* next_ = nullptr;
  char* end_ = nullptr;
  Pace* pace_ = nullptr;
  bool exhausted_ = false;
};

/// Calls f(k) for each k below `count`, or until it gives false, where it gives anything; then the
/// result is false, too. Keeps pace without asking for it each time: `for_16` steps are told for
/// sixteen calls.
template <class F>
bool for_each_paced(const Arena& arena, uint32_t count, uint32_t for_16, const F& f) {
  constexpr uint32_t kAtOnce = 16;
  for (uint32_t k = 0; k < count;) {
    arena.step(for_16);
    const uint32_t end = count - k < kAtOnce ? count : k + kAtOnce;
    for (; k < end; ++k) {
      if constexpr (__is_same(decltype(f(k)), bool)) {
        if (!f(k)) return false;
      } else {
        f(k);
      }
    }
  }
  return true;
}

/// A list that grows at the end, in an arena. Growing leaves the old elements behind: at most as
/// much again as the list holds.
template <class T>
class List {
 public:
  explicit List(Arena& arena) : arena_(&arena) {}

  /// false: the arena is full, and nothing was added.
  [[nodiscard]] bool add(const T& element) {
    if (size_ == capacity_ && !grow()) [[unlikely]] {
      return false;
    }
    data_[size_++] = element;
    return true;
  }
  /// One element more, to be filled in by the caller; nullptr where the arena is full.
  [[nodiscard]] T* extend() {
    if (size_ == capacity_ && !grow()) [[unlikely]] {
      return nullptr;
    }
    return data_ + size_++;
  }
  [[nodiscard]] bool append(Span<const T> elements) {
    const uint32_t least = size_ + elements.size;
    if (least > capacity_ && !move_to(least > capacity_ * 2 ? least : capacity_ * 2)) return false;
    if (elements.size != 0) {
      __builtin_memcpy(data_ + size_, elements.data, sizeof(T) * elements.size);
      arena_->step(elements.size / 16);
    }
    size_ += elements.size;
    return true;
  }
  [[nodiscard]] bool reserve(uint32_t capacity) {
    return capacity <= capacity_ || move_to(capacity);
  }
  void clear() { size_ = 0; }

  T& operator[](uint32_t i) const { return data_[i]; }
  T* begin() const { return data_; }
  T* end() const { return data_ + size_; }
  [[nodiscard]] uint32_t size() const { return size_; }
  [[nodiscard]] Span<T> span() const { return {data_, size_}; }
  [[nodiscard]] Span<const T> view() const { return {data_, size_}; }

 private:
  [[gnu::noinline]] bool grow() { return move_to(capacity_ == 0 ? 8 : capacity_ * 2); }
  bool move_to(uint32_t capacity) {
    T* const grown = arena_->make<T>(capacity);
    if (grown == nullptr) return false;
    for_each_paced(*arena_, size_, 2, [&](uint32_t i) { grown[i] = data_[i]; });
    data_ = grown;
    capacity_ = capacity;
    return true;
  }

  Arena* arena_;
  T* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

}  // namespace jit
