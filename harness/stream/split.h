// Lines out of bytes that come in pieces of any size, without copying a line that came whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace harness {

/// A line longer than this is cut: a guest that babbles without a line end costs no more memory.
inline constexpr std::size_t kLongestLine = 64 << 10;

/// What a piece of serial output is.
enum class Piece {
  whole,  // a line from its first byte to its last
  head,   // the first kLongestLine bytes of a line that is longer
  rest,   // a later part of that line
};

struct RawLine {
  std::string_view bytes;  // without "\n"; a "\r" before it is still there
  Piece piece = Piece::whole;
  bool terminated = true;  // "\n" followed
};

/// Usage: feed(), then next() until it returns nothing, for each piece of input; at the end rest().
/// How the input was cut makes no difference to the lines.
class LineSplitter {
 public:
  /// `bytes` must live until next() has returned nothing.
  void feed(std::string_view bytes) { input_ = bytes; }
  /// The next completed line. Its bytes are valid until the next call.
  std::optional<RawLine> next();
  /// What came after the last line end, or nothing.
  std::optional<RawLine> rest();

 private:
  RawLine take(std::size_t size);

  std::string_view input_;
  std::string carry_;  // the start of a line whose end has not come
  bool carry_taken_ = false;
  bool inside_long_line_ = false;
};

}  // namespace harness
