#include "formats/prefix.h"
#include "base/text.h"

#include <algorithm>

namespace harness {
namespace {

constexpr std::size_t kMaxTagLength = 24;
constexpr int kMaxPrefixes = 4;

/// A time, or the number of a thread or processor: digits, with what may stand around them.
bool is_tag(std::string_view text) {
  constexpr std::string_view kAround = " .:,TCPUcpu";
  return std::ranges::any_of(text, is_digit) && std::ranges::all_of(text, [&](char c) {
           return is_digit(c) || kAround.find(c) != kAround.npos;
         });
}

/// The length of an "<6>", "[ 1.5]", "(XEN)" or "CPU0:" at the front of the line, or 0.
std::size_t prefix_size(std::string_view line) {
  if (line.empty()) return 0;
  const std::string_view head = line.substr(0, kMaxTagLength);
  const auto until = [&](char end) { return head.find(end); };
  switch (line.front()) {
    case '<': {
      const std::size_t end = until('>');
      const bool level = end != head.npos && end >= 2 && end <= 4 &&
                         std::ranges::all_of(head.substr(1, end - 1), is_digit);
      return level ? end + 1 : 0;
    }
    case '[': {
      const std::size_t end = until(']');
      return end != head.npos && is_tag(head.substr(1, end - 1)) ? end + 1 : 0;
    }
    case '(': {
      const std::size_t end = until(')');
      if (end == head.npos) return 0;
      const std::string_view name = head.substr(1, end - 1);
      const bool domain =
          name.size() > 1 && name.front() == 'd' && std::ranges::all_of(name.substr(1), is_digit);
      return name == "XEN" || domain ? end + 1 : 0;
    }
    case 'C':
    case 'c': {
      const std::size_t end = until(':');
      const bool cpu = end != head.npos && end > 3 &&
                       (head.starts_with("CPU") || head.starts_with("cpu")) &&
                       std::ranges::all_of(head.substr(3, end - 3), is_digit);
      return cpu ? end + 1 : 0;
    }
    default:
      return 0;
  }
}

}  // namespace

std::string_view without_prefix(std::string_view line) {
  for (int i = 0; i < kMaxPrefixes; ++i) {
    const std::size_t size = prefix_size(line);
    if (size == 0) return line;
    line.remove_prefix(size);
    if (line.starts_with(' ')) line.remove_prefix(1);
  }
  return line;
}

}  // namespace harness
