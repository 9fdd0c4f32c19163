// Lines out of bytes that come in pieces of any size, without copying a line that came whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace harness {

/// A line longer than this is cut: a guest that babbles without a line end costs no more memory.
inline constexpr std::size_t kMaxLineLength = 64 << 10;

/// What a piece of serial output is.
enum class Piece {
  whole,  // a line from its first byte to its last
  head,   // the first kMaxLineLength bytes of a line that is longer
  rest,   // a later part of that line
};

struct RawLine {
  std::string_view bytes;  // without "\n"; a "\r" before it is still there
  Piece piece = Piece::whole;
  bool terminated = true;  // "\n" followed
  bool copied = false;     // put together from several pieces of input, not a part of one

  /// The same with its line end, which stands behind the bytes wherever they are.
  [[nodiscard]] std::string_view with_end() const {
    return {bytes.data(), bytes.size() + (terminated ? 1 : 0)};
  }
};

/// Usage: feed(), then next() until it returns nothing, for each piece of input; at the end rest().
/// How the input was cut makes no difference to the lines.
class LineSplitter {
 public:
  /// `bytes` must live until next() has returned nothing.
  void feed(std::string_view bytes) { input_ = bytes; }
  /// The next completed line. Its bytes are valid until the next call.
  std::optional<RawLine> next() {
    // Nearly all lines came whole; this is inlined, so that they stay in registers.
    if (carry_.empty() && !inside_long_line_ && !input_.empty()) {
      const std::size_t size = input_.substr(0, kMaxLineLength + 1).find('\n');
      if (size != std::string_view::npos) {
        const RawLine line = {.bytes = input_.substr(0, size)};
        input_.remove_prefix(size + 1);
        return line;
      }
    }
    RawLine other;
    return next_of_many(other) ? std::optional<RawLine>(other) : std::nullopt;
  }
  /// What came after the last line end, or nothing.
  std::optional<RawLine> rest();

 private:
  bool next_of_many(RawLine& line);
  RawLine take(std::size_t size, bool terminated);

  std::string_view input_;
  std::string carry_;  // the start of a line whose end has not come
  bool carry_taken_ = false;
  bool inside_long_line_ = false;
};

}  // namespace harness
