// The texts of a line that is too long to be held whole. What draws on its screen by carriage
// returns and moves of the cursor may never end a line, and whatever it says stands in it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "console_text/terminal.h"

namespace harness {

/// Fed with the pieces of one line. Memory is bounded by kMaxLineLength and a piece.
class LongLine {
 public:
  /// How much of a text there is.
  enum class Part {
    whole,  // all of it, or its first kMaxLineLength bytes
    rest,   // more of one that is longer; begins with the last bytes of what came before
  };
  using See = std::function<void(std::string_view text, Part part)>;

  /// The next piece, any bytes; `last`: the line ends behind it. Calls `see` for each text that is
  /// complete, in order; texts that show nothing are left out.
  void feed(std::string_view bytes, bool last, const See& see);
  /// Whether a line has begun whose last piece did not come.
  [[nodiscard]] bool is_open() const { return open_; }

 private:
  void pass_on(std::string_view text, const See& see) const;

  TerminalFilter filter_;
  std::string shown_;    // of the text at hand, from its first byte that was not passed on
  bool passed_ = false;  // its beginning was
  bool open_ = false;
};

}  // namespace harness
