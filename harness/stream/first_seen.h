// Has this key come before? For the items of a growing vector, without a copy of any key.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace harness {

/// A hash table of indices, open addressing: the keys stay where they are. A log may hold 100,000
/// names; a set of strings takes three times as long as all the rest of the fold.
class FirstSeen {
 public:
  /// Notes that the item at `index` has a key of this hash. Returns false, and notes nothing, if
  /// an item noted before has the same key, which `has_same_key(its index)` tells.
  template <class Same>
  bool add(std::size_t hash, std::size_t index, Same has_same_key) {
    if (2 * count_ >= slots_.size()) grow();
    Slot* slot = find_free(hash, has_same_key);
    if (!slot) return false;
    *slot = {hash, index + 1};
    ++count_;
    return true;
  }

 private:
  struct Slot {
    std::size_t hash = 0;
    std::size_t number = 0;  // index + 1; 0: free
  };

  template <class Same>
  Slot* find_free(std::size_t hash, Same has_same_key) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (slot.number == 0) return &slot;
      if (slot.hash == hash && has_same_key(slot.number - 1)) return nullptr;
    }
  }

  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : 2 * old.size(), Slot());
    for (const Slot& slot : old) {
      if (slot.number != 0) *find_free(slot.hash, [](std::size_t) { return false; }) = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two of them, half of them free
  std::size_t count_ = 0;
};

}  // namespace harness
