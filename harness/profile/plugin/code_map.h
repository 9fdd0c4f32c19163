// Which function an address belongs to, by the ranges that the harness gave.
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/plugin/memory.h"

namespace harness::plugin {

struct Code {
  std::uint32_t function = kNoFunction;
  bool is_entry = false;     // the first instruction of its function
  bool is_followed = false;  // calls and returns here are followed
};

class CodeMap {
 public:
  CodeMap() = default;
  /// `memory`: prepared; must outlive this.
  explicit CodeMap(const std::byte* memory)
      : header_(reinterpret_cast<const Header*>(memory)),
        ranges_(reinterpret_cast<const Range*>(memory + header_->ranges_at)) {}

  [[nodiscard]] Code find(std::uint64_t address) const {
    const Range* range = range_of(address);
    if (range == nullptr) {
      return {guest_reached_ ? header_->outside_after : header_->outside_before, false, false};
    }
    return {range->function, (range->flags & kEntry) != 0 && address == range->begin,
            (range->flags & kFollowed) != 0};
  }
  /// The same for code that is about to be executed: notes when the guest's own is reached.
  Code look_up(std::uint64_t address) {
    const Range* range = range_of(address);
    guest_reached_ = guest_reached_ || (range != nullptr && (range->flags & kGuest) != 0);
    return find(address);
  }

 private:
  [[nodiscard]] const Range* range_of(std::uint64_t address) const {
    std::size_t low = 0, high = header_->range_count;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (ranges_[middle].end <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const bool found = low < header_->range_count && ranges_[low].begin <= address;
    return found ? &ranges_[low] : nullptr;
  }

  const Header* header_ = nullptr;
  const Range* ranges_ = nullptr;
  bool guest_reached_ = false;
};

}  // namespace harness::plugin
