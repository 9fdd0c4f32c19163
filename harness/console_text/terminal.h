// What a terminal would show of bytes that were written for one. Colours and other controls are
// taken out (ECMA-48 and the xterm control sequences); whatever moves the cursor to another place
// ends the text, so that what stands behind it begins a text of its own and nothing is overwritten.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace harness {

/// Fed byte by byte. Memory is bounded: a control string is at most kMaxControlString bytes, or it
/// was none, and is shown.
class TerminalFilter {
 public:
  static constexpr std::size_t kMaxControlString = 256;

  /// Appends to `out` what this byte shows, which may be nothing. '\n' stands for a line end and
  /// for every move of the cursor (carriage return, positioning, clearing the screen); a backspace
  /// takes the last character of `out` away, but none of an earlier text.
  void put(char byte, std::string& out);
  /// The line, or the output, ends here: a control string that has not ended was none.
  void end(std::string& out);

 private:
  enum class State { text, escape, skip_one, sequence, control_string, string_escape };
  void put_text(char byte, std::string& out);
  void put_escape(char byte, std::string& out);
  void put_sequence(char byte, std::string& out);
  void end_sequence(char final_byte, std::string& out) const;
  void put_control_string(char byte, std::string& out);
  void show_held(std::string& out);

  State state_ = State::text;
  unsigned number_ = 0;          // the first parameter of a sequence
  bool first_parameter_ = true;  // it is still being read
  bool after_return_ = false;    // the last byte was a carriage return: a line feed adds nothing
  std::string held_;             // of a control string that has not ended
};

/// What a terminal shows of `bytes`, with every move of the cursor as '\n'.
std::string shown_text(std::string_view bytes);

}  // namespace harness
