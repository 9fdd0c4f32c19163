// Which function an address belongs to, by the ranges that the harness gave. What they do not cover
// once the guest is reached is code without a name: it is told apart by where it is entered, and
// reaches from there to the next such place, or kUnnamedBytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "profile/plugin/memory.h"

namespace harness::plugin {

struct Code {
  std::uint32_t function = kNoFunction;
  bool is_entry = false;     // the first instruction of its function
  bool is_followed = false;  // calls and returns here are followed
  bool is_made = false;      // by the guest, at run time, or without a name: no file shows it
  bool is_unnamed = false;
};

inline constexpr std::uint64_t kUnnamedBytes = 64 << 10;

class CodeMap {
 public:
  CodeMap() = default;
  /// `memory`: prepared; must outlive this.
  explicit CodeMap(std::byte* memory)
      : header_(reinterpret_cast<Header*>(memory)),
        ranges_(reinterpret_cast<const Range*>(memory + header_->ranges_at)),
        made_(reinterpret_cast<const Range*>(memory + header_->made_at)),
        unnamed_(reinterpret_cast<std::uint64_t*>(memory + header_->unnamed_at)) {}
  /// Makes room for what has no name. False where there is no memory.
  bool start() {
    by_address_ = static_cast<std::uint32_t*>(
        std::calloc(header_->unnamed_capacity + std::size_t{1}, sizeof *by_address_));
    return by_address_ != nullptr;
  }

  [[nodiscard]] Code find(std::uint64_t address) const {
    const Range* range = range_of(address);
    const bool made = range == nullptr;
    if (made) range = find_in(made_, header_->made_count, address);
    if (range == nullptr) return guest_reached_ ? unnamed(address) : Code{header_->outside_before};
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
  /// The same for where control goes by a call, a jump from other code, or when nothing is known
  /// there: code without a name begins here.
  Code enter(std::uint64_t address) {
    const Code code = look_up(address);
    if (!code.is_unnamed || code.is_entry) return code;
    add_unnamed(address);
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

  /// How many of those without a name begin at `address` or before.
  [[nodiscard]] std::size_t unnamed_up_to(std::uint64_t address) const {
    std::size_t low = 0, high = header_->unnamed_count;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (unnamed_[by_address_[middle]] <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
  [[nodiscard]] Code unnamed(std::uint64_t address) const {
    const std::size_t behind = unnamed_up_to(address);
    if (behind == 0 || address - unnamed_[by_address_[behind - 1]] >= kUnnamedBytes) {
      return {header_->outside_after, false, true, false, true};
    }
    const std::uint32_t number = by_address_[behind - 1];
    return {header_->first_unnamed + number, unnamed_[number] == address, true, true, true};
  }
  void add_unnamed(std::uint64_t address) {
    if (header_->unnamed_count == header_->unnamed_capacity) return;
    const std::size_t at = unnamed_up_to(address);
    const std::uint32_t number = header_->unnamed_count;
    for (std::size_t i = number; i > at; --i) by_address_[i] = by_address_[i - 1];
    by_address_[at] = number;
    unnamed_[number] = address;
    ++header_->unnamed_count;
  }

  Header* header_ = nullptr;
  const Range* ranges_ = nullptr;
  const Range* made_ = nullptr;
  std::uint64_t* unnamed_ = nullptr;     // where each begins, by number
  std::uint32_t* by_address_ = nullptr;  // their numbers, sorted by that
  bool guest_reached_ = false;
};

}  // namespace harness::plugin
