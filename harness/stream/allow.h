// Which lines a scenario allows though they tell of a crash or are forbidden: those of its `allow:`
// entries, each from one line to another. Fed every line in order, live and in a replay.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"

namespace harness {

class AllowedSpans {
 public:
  explicit AllowedSpans(std::vector<Allowance> allowances = {});

  /// The next line of the log, or the next piece of one that is too long to be held whole:
  /// `goes_on`, where a piece came before. A span holds the line that opens it and the line that
  /// closes it.
  void see(std::string_view line, bool goes_on = false) {
    if (!spans_.empty()) move_on(line, goes_on);
  }
  /// Whether the line seen last may tell of a crash of this name. "" asks for a line that is only
  /// forbidden: an entry that names a crash does not allow it.
  [[nodiscard]] bool allows(std::string_view line, std::string_view crash) const;

 private:
  struct Span {
    Allowance what;
    bool open = false;
    bool closing = false;  // the line seen last was its last
  };
  void move_on(std::string_view line, bool goes_on);

  std::vector<Span> spans_;
  std::string seam_;  // the last bytes of the piece before, and this piece
};

}  // namespace harness
