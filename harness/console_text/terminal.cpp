#include "console_text/terminal.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace harness {
namespace {

constexpr char kEscape = '\x1b', kBell = '\a', kBackspace = '\b';
constexpr unsigned kMaxBlanks = 80;  // that "cursor forward" may add: the width of a screen

/// Final bytes of control sequences that put the cursor elsewhere, or clear what stood there.
constexpr std::string_view kMoves = "ABDEFGHIJZ`adef";

void break_text(std::string& out) {
  if (!out.empty() && out.back() != '\n') out += '\n';
}

void erase_last(std::string& out) {
  // A character of UTF-8 goes as a whole.
  while (!out.empty() && out.back() != '\n') {
    const bool continuation = (out.back() & 0xC0) == 0x80;
    out.pop_back();
    if (!continuation) return;
  }
}

}  // namespace

void TerminalFilter::put(char byte, std::string& out) {
  switch (state_) {
    case State::text:
      return put_text(byte, out);
    case State::escape:
      return put_escape(byte, out);
    case State::skip_one:  // of a choice of character set
      state_ = State::text;
      if (byte == '\n' || byte == '\r' || byte == kEscape) put_text(byte, out);
      return;
    case State::sequence:
      return put_sequence(byte, out);
    case State::control_string:
    case State::string_escape:
      return put_control_string(byte, out);
  }
}

void TerminalFilter::put_text(char byte, std::string& out) {
  const bool after_return = after_return_;
  after_return_ = byte == '\r';
  switch (byte) {
    case kEscape:
      state_ = State::escape;
      return;
    case '\n':
      if (!after_return) out += '\n';
      return;
    case '\r':
      out += '\n';
      return;
    case kBackspace:
      return erase_last(out);
    case '\v':
    case '\f':
      return break_text(out);
    default:
      // NUL, bell, shifts and the other controls show nothing.
      if (static_cast<unsigned char>(byte) >= ' ' || byte == '\t') out += byte;
  }
}

void TerminalFilter::put_escape(char byte, std::string& out) {
  state_ = State::text;
  switch (byte) {
    case '[':
      state_ = State::sequence;
      number_ = 0;
      first_parameter_ = true;
      return;
    case ']':  // a title, say; and the other control strings
    case 'P':
    case 'X':
    case '^':
    case '_':
      state_ = State::control_string;
      held_.clear();
      return;
    case '(':
    case ')':
    case '*':
    case '+':
    case '#':
    case '%':
    case ' ':
      state_ = State::skip_one;
      return;
    case 'c':  // reset, index, next line, reverse index
    case 'D':
    case 'E':
    case 'M':
      return break_text(out);
    case '\n':
    case '\r':
    case kEscape:
      return put_text(byte, out);
    default:  // save and restore the cursor, keypad modes, ...
      return;
  }
}

void TerminalFilter::put_sequence(char byte, std::string& out) {
  if (byte >= 0x40 && byte <= 0x7e) {
    state_ = State::text;
    return end_sequence(byte, out);
  }
  if (byte < 0x20 || byte > 0x7e) {  // no sequence holds it
    state_ = State::text;
    return put_text(byte, out);
  }
  const bool digit = byte >= '0' && byte <= '9';
  first_parameter_ = first_parameter_ && digit;
  if (first_parameter_) number_ = std::min(number_ * 10 + static_cast<unsigned>(byte - '0'), 999U);
}

void TerminalFilter::end_sequence(char final_byte, std::string& out) const {
  if (final_byte == 'C') {  // cursor forward: what is jumped over shows as blanks
    out.append(std::clamp(number_, 1U, kMaxBlanks), ' ');
  } else if (kMoves.find(final_byte) != kMoves.npos) {
    break_text(out);
  }
}

void TerminalFilter::put_control_string(char byte, std::string& out) {
  if (byte == kBell || (state_ == State::string_escape && byte == '\\')) {
    state_ = State::text;
    return;
  }
  if (byte == '\n' || held_.size() >= kMaxControlString) {
    show_held(out);
    return put(byte, out);
  }
  state_ = byte == kEscape ? State::string_escape : State::control_string;
  held_ += byte;
}

void TerminalFilter::show_held(std::string& out) {
  state_ = State::text;
  break_text(out);
  const std::string held = std::exchange(held_, {});
  for (const char byte : held) {
    if (byte != kEscape) put_text(byte, out);
  }
}

void TerminalFilter::end(std::string& out) {
  if (state_ == State::control_string || state_ == State::string_escape) show_held(out);
  state_ = State::text;
  after_return_ = false;
}

std::string shown_text(std::string_view bytes) {
  TerminalFilter filter;
  std::string shown;
  for (const char byte : bytes) filter.put(byte, shown);
  filter.end(shown);
  return shown;
}

}  // namespace harness
