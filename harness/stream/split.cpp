#include "stream/split.h"

#include <cstring>

namespace harness {

RawLine LineSplitter::take(std::size_t size) {
  RawLine line;
  if (carry_.empty()) {
    line.bytes = input_.substr(0, size);
  } else {
    carry_.append(input_.substr(0, size));
    line.bytes = carry_;
    carry_taken_ = true;
  }
  line.piece = inside_long_line_ ? Piece::rest : Piece::whole;
  input_.remove_prefix(size);
  return line;
}

std::optional<RawLine> LineSplitter::next() {
  if (carry_taken_) {
    carry_.clear();
    carry_taken_ = false;
  }
  if (input_.empty()) return std::nullopt;
  const void* newline = std::memchr(input_.data(), '\n', input_.size());
  const std::size_t size =
      newline ? static_cast<std::size_t>(static_cast<const char*>(newline) - input_.data())
              : input_.size();
  if (const std::size_t room = kLongestLine - carry_.size(); size > room) {
    RawLine head = take(room);
    if (!inside_long_line_) head.piece = Piece::head;
    head.terminated = false;
    inside_long_line_ = true;
    return head;
  }
  if (!newline) {
    carry_.append(input_);
    input_ = {};
    return std::nullopt;
  }
  const RawLine line = take(size);
  input_.remove_prefix(1);
  inside_long_line_ = false;
  return line;
}

std::optional<RawLine> LineSplitter::rest() {
  if (carry_taken_ || carry_.empty()) return std::nullopt;
  RawLine line = take(0);
  line.terminated = false;
  return line;
}

}  // namespace harness
