#include "console_text/plain_line.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "console_text/terminal.h"

namespace harness {

namespace {

/// Without a byte order mark before it: editors and shells that save a log put one in front.
std::string_view without_mark(std::string_view line) {
  constexpr auto kMarks = std::to_array<std::string_view>({"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"});
  if (line.empty() || static_cast<std::uint8_t>(line.front()) < 0xEF) return line;
  for (const std::string_view mark : kMarks) {
    if (line.starts_with(mark)) return line.substr(mark.size());
  }
  return line;
}

}  // namespace

bool has_controls(std::string_view line) {
  std::uint8_t found = 0;
  for (const char c : line) {
    const auto byte = static_cast<std::uint8_t>(c);
    found |= static_cast<std::uint8_t>((byte < 0x20) & (byte != '\t'));
  }
  return found != 0;
}

std::span<const std::string_view> PlainLine::parts(std::string_view line) {
  parts_.clear();
  line = without_mark(line);
  if (!has_controls(line)) {
    if (!line.empty()) parts_.push_back(line);
    return parts_;
  }
  shown_ = shown_text(line);
  std::string_view rest = shown_;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) parts_.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parts_;
}

bool shows(std::string_view line, std::string_view text) {
  if (contains(line, text)) return true;
  if (!has_controls(line)) return false;
  PlainLine plain;
  return std::ranges::any_of(plain.parts(line),
                             [&](std::string_view part) { return contains(part, text); });
}

}  // namespace harness
