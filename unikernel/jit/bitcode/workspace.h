// Lists leave their smaller selves behind in an arena. Here they grow in the upper part of what an
// arena has left, and what is kept goes to the lower, which the arena then keeps. Whoever works at
// the pace of an arena leaves half of it: others may need memory while he waits.
#pragma once

#include "support/arena.h"

namespace jit::bitcode {

class Workspace {
 public:
  explicit Workspace(Arena& arena) : arena_(arena), mark_(arena.mark()) {
    const size_t all = arena.pace() != nullptr ? arena.left() / 2 : arena.left();
    const size_t left = all < kMax ? all : kMax;
    char* const memory = arena.make<char>(static_cast<uint32_t>(left));
    const size_t lower = left / 8 * 3;
    kept_ = Arena(memory, lower);
    scratch_ = Arena(memory + lower, left - lower);
    kept_.use(arena.pace());
    scratch_.use(arena.pace());
  }
  /// All is given back, but for what was kept by commit(). At no moment is that free: whoever gets
  /// memory while this one waits would write over it.
  ~Workspace() { arena_.release(committed_ ? Arena::Mark{mark_.next + kept_.used()} : mark_); }
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  Arena& kept() { return kept_; }
  Arena& scratch() { return scratch_; }
  void commit() { committed_ = true; }

  /// Copies a list to where it is kept. false: it does not fit.
  template <class T>
  bool keep(const List<T>& list, Span<T>& span) {
    span = {};
    if (list.size() == 0) return true;
    T* const to = kept_.make<T>(list.size());
    if (to == nullptr) return false;
    copy(reinterpret_cast<char*>(to), reinterpret_cast<const char*>(list.begin()),
         sizeof(T) * list.size());
    span = {to, list.size()};
    return true;
  }

 private:
  /// As SSE2 copies.
  static void copy(char* to, const char* from, size_t size) {
    constexpr size_t kPart = 64;
    for (; size >= kPart; to += kPart, from += kPart, size -= kPart) {
      __builtin_memcpy(to, from, kPart);
    }
    if (size != 0) __builtin_memcpy(to, from, size);
  }
  static constexpr size_t kMax = 0xFFFFFFF0;

  Arena& arena_;
  Arena::Mark mark_;
  Arena kept_, scratch_;
  bool committed_ = false;
};

}  // namespace jit::bitcode
