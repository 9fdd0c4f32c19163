// Finds the guest's last line in the byte stream, as it arrives. Pure, constant memory.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <wire/protocol.h>

namespace harness {

/// Sees a complete line that starts with [END] or [PANIC]: after it a held guest waits for us.
class ClosingLine {
 public:
  /// True from the byte on that ends the first such line.
  bool add(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '\n') {
        seen_ = seen_ || starts_with(wire::kEnd) || starts_with(wire::kPanic);
        size_ = 0;
      } else if (size_ < start_.size()) {
        start_[size_++] = c;
      }
    }
    return seen_;
  }

 private:
  [[nodiscard]] bool starts_with(std::string_view tag) const {
    const std::string_view start(start_.data(), size_);
    return start.starts_with(tag) && start.substr(tag.size()).starts_with(' ');
  }

  std::array<char, 16> start_{};  // of the current line; longer than any tag
  std::size_t size_ = 0;
  bool seen_ = false;
};

}  // namespace harness
