// Bytes of a guest as UTF-8, for what reads nothing else: a pattern's "." finds no byte of Latin-1,
// nor what a noisy line left, and so the line around it would not be found.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// Keeps its buffer from text to text.
class Utf8Text {
 public:
  /// `bytes` itself where it is UTF-8. Else a copy in which each byte that is no part of a
  /// character stands for its character of Latin-1; valid until the next call.
  std::string_view of(std::string_view bytes);

 private:
  std::string text_;
};

}  // namespace harness
