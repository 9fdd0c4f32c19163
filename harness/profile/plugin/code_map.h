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
  bool is_made = false;      // by the guest, at run time
};

class CodeMap {
 public:
  CodeMap() = default;
  /// `memory`: prepared; must outlive this.
  explicit CodeMap(const std::byte* memory)
      : header_(reinterpret_cast<const Header*>(memory)),
        ranges_(reinterpret_cast<const Range*>(memory + header_->ranges_at)),
        made_(reinterpret_cast<const Range*>(memory + header_->made_at)) {}

  [[nodiscard]] Code find(std::uint64_t address) const {
    const Range* range = range_of(address);
    const bool made = range == nullptr;
    if (made) range = find_in(made_, header_->made_count, address);
    if (range == nullptr) {
      return {guest_reached_ ? header_->outside_after : header_->outside_before};
    }
    return {range->function, (range->flags & kEntry) != 0 && address == range->begin,
            (range->flags & kFollowed) != 0, made};
  }
  /// Whether the guest may have made this code meanwhile: the files do not show it.
  [[nodiscard]] bool may_be_made(std::uint64_t address) const {
    return guest_reached_ && range_of(address) == nullptr;
  }
  /// The same for code that is about to be executed: notes when the guest's own is reached.
  Code look_up(std::uint64_t address) {
    const Range* range = range_of(address);
    guest_reached_ = guest_reached_ || (range != nullptr && (range->flags & kGuest) != 0);
    return find(address);
  }

 private:
  [[nodiscard]] const Range* range_of(std::uint64_t address) const {
    return find_in(ranges_, header_->range_count, address);
  }
  static const Range* find_in(const Range* ranges, std::size_t count, std::uint64_t address) {
    std::size_t low = 0, high = count;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (ranges[middle].end <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < count && ranges[low].begin <= address ? &ranges[low] : nullptr;
  }

  const Header* header_ = nullptr;
  const Range* ranges_ = nullptr;
  const Range* made_ = nullptr;
  bool guest_reached_ = false;
};

}  // namespace harness::plugin
