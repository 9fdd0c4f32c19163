// What is left of a "not ok" or a "Bail out!" that another message was printed into.
#pragma once

#include <string>
#include <string_view>

#include "formats/tap_line.h"

namespace harness {

/// Lines since the last result that may hold the "not" of the next one.
class TornLines {
 public:
  /// A line that is none of TAP, trimmed.
  void see(std::string_view text);
  /// The next result, before it is taken.
  void see_result(const TapLine& line);
  /// The line that may hold the "not" of this result, or "". Forgets all of them.
  std::string take();
  /// The text that came last of all, behind the last result, where it ends in what begins a
  /// bail-out; or "".
  [[nodiscard]] const std::string& begun_bail_out() const { return bail_begun_; }

 private:
  std::string not_;    // begins or ends with that word
  std::string glued_;  // "notmessage": another word, or a message glued to it
  std::string bail_begun_;
};

/// Whether a line that is no bail-out holds one behind a message, or a piece of one.
bool is_piece_of_bail_out(std::string_view text);

}  // namespace harness
