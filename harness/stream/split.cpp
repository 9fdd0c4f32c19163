#include "stream/split.h"

#include <cstring>

namespace harness {

RawLine LineSplitter::take(std::size_t size, bool terminated) {
  RawLine line;
  line.terminated = terminated;
  const std::size_t whole = size + (terminated ? 1 : 0);
  if (carry_.empty()) {
    line.bytes = input_.substr(0, size);
  } else {
    carry_.append(input_.substr(0, whole));
    line.bytes = std::string_view(carry_).substr(0, carry_.size() - (whole - size));
    line.copied = carry_taken_ = true;
  }
  line.piece = inside_long_line_ ? Piece::rest : Piece::whole;
  input_.remove_prefix(whole);
  return line;
}

/// The general case: long lines, and lines that came in several pieces.
bool LineSplitter::next_of_many(RawLine& line) {
  if (carry_taken_) {
    carry_.clear();
    carry_taken_ = false;
  }
  if (input_.empty()) return false;
  const void* newline = std::memchr(input_.data(), '\n', input_.size());
  const std::size_t size =
      newline ? static_cast<std::size_t>(static_cast<const char*>(newline) - input_.data())
              : input_.size();
  if (const std::size_t room = kMaxLineLength - carry_.size(); size > room) {
    line = take(room, false);
    if (!inside_long_line_) line.piece = Piece::head;
    inside_long_line_ = true;
    return true;
  }
  if (!newline) {
    carry_.append(input_);
    input_ = {};
    return false;
  }
  line = take(size, true);
  inside_long_line_ = false;
  return true;
}

std::optional<RawLine> LineSplitter::rest() {
  if (carry_taken_ || carry_.empty()) return std::nullopt;
  return take(0, false);
}

}  // namespace harness
