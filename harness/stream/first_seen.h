// Has this key come before? For the items of a growing vector, without a copy of any key.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace harness {

inline constexpr std::uint64_t kHashFactor = 0x9E3779B97F4A7C15;  // 2^64 / the golden ratio

/// 64 bits of a key, quickly. `seed` keeps a guest from choosing
/// names that all meet in one slot.
inline std::uint64_t hash_of(std::uint64_t number, std::uint64_t seed) {
  std::uint64_t hash = (number ^ seed) * kHashFactor;
  hash = (hash ^ hash >> 32) * kHashFactor;
  return hash ^ hash >> 32;
}
inline std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  const auto word_at = [&](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    return word;
  };
  std::uint64_t hash = text.size() * kHashFactor;
  if (text.size() < 8) {
    std::uint64_t word = 0;
    for (const char c : text) word = word << 8 | static_cast<unsigned char>(c);
    return hash_of(hash ^ word, seed);
  }
  // The last eight bytes overlap the ones before: a copy of the odd rest costs more than all else.
  for (std::size_t at = 0; at + 8 < text.size(); at += 8) hash = hash_of(hash ^ word_at(at), seed);
  return hash_of(hash ^ word_at(text.size() - 8), seed);
}

/// A hash table of indices, open addressing: the keys stay where they are. A log may hold 100,000
/// names; a set of strings takes three times as long as all the rest of the fold. Four bytes a
/// slot, because a table that leaves the cache costs more than everything else.
class FirstSeen {
 public:
  static constexpr std::size_t kMaxKeys = (1 << 17) - 1;

  /// Notes that the item at `index`, below kMaxKeys, has a key of this hash. Returns false, and
  /// notes nothing, if an item noted before has the same key, which `has_same_key(index)` tells.
  /// `hash_of_item(index)` gives the hash of an item noted before.
  template <class Same, class HashOf>
  bool add(std::uint64_t hash, std::size_t index, Same has_same_key, HashOf hash_of_item) {
    if (2 * (count_ + 1) > slots_.size()) grow(hash_of_item);
    const auto tag = static_cast<std::uint32_t>(hash >> 32) & ~kNumber;
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    for (; slots_[at] != 0; at = (at + 1) & mask) {
      if ((slots_[at] & ~kNumber) == tag && has_same_key((slots_[at] & kNumber) - 1)) return false;
    }
    slots_[at] = tag | static_cast<std::uint32_t>(index + 1);
    ++count_;
    return true;
  }

  /// Makes room for so many keys, where there are none yet.
  void expect(std::size_t keys) {
    if (slots_.empty()) slots_.assign(std::bit_ceil(2 * keys + 2), 0);
  }

 private:
  static constexpr std::uint32_t kNumber = kMaxKeys;  // bits of index + 1; the others are a tag

  template <class HashOf>
  void grow(HashOf hash_of_item) {
    const std::vector<std::uint32_t> old = std::move(slots_);
    slots_.assign(old.empty() ? 64 : 2 * old.size(), 0);
    const std::size_t mask = slots_.size() - 1;
    for (const std::uint32_t slot : old) {
      if (slot == 0) continue;
      std::size_t at = hash_of_item((slot & kNumber) - 1) & mask;
      while (slots_[at] != 0) at = (at + 1) & mask;
      slots_[at] = slot;
    }
  }

  std::vector<std::uint32_t> slots_;  // a power of two of them, half of them free; 0: free
  std::size_t count_ = 0;
};

}  // namespace harness
