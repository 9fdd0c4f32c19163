#include "onboarding/shell_words.h"

namespace harness::onboarding {
namespace {

bool parts_words(char c) { return c == ' ' || c == '\t'; }

/// What would end the command, join it to another or send its output elsewhere.
bool is_operator(char c) { return std::string_view(";&|<>()").find(c) != std::string_view::npos; }

class Splitter {
 public:
  explicit Splitter(std::string_view text) : rest_(text) {}

  ShellWords split() {
    while (!rest_.empty() && result_.fault.empty() && result_.command.empty()) take_one();
    end_word();
    return std::move(result_);
  }

 private:
  void take_one() {
    const char c = rest_.front();
    if (quote_ == '\0' && parts_words(c)) {
      end_word();
    } else if (quote_ == '\0' && c == '#' && !in_word_) {
      rest_ = rest_.substr(rest_.size() - 1);  // a comment, up to the end
    } else if (quote_ == '\0' && (c == '\'' || c == '"')) {
      if (rest_.find(c, 1) == rest_.npos) result_.fault = std::string("a ") + c + " is not closed";
      quote_ = c;
      in_word_ = true;
    } else if (c == quote_) {
      quote_ = '\0';
    } else if (quote_ != '\'' && c == '`' && take_number()) {
      return;
    } else if (needs_shell(c)) {
      result_.command = rest_.substr(0, 40);
    } else {
      if (c == '\\' && escapes(rest_.substr(1, 1))) rest_.remove_prefix(1);
      word_ += rest_.front();
      in_word_ = true;
    }
    rest_.remove_prefix(1);
  }

  /// Whether a backslash takes its meaning from `next`: between double quotes few have one.
  [[nodiscard]] bool escapes(std::string_view next) const {
    if (next.empty() || quote_ == '\'') return false;
    return quote_ == '\0' || next.find_first_of("\"\\$`") == 0;
  }

  [[nodiscard]] bool needs_shell(char c) const {
    return (quote_ != '\'' && (c == '`' || c == '$')) || (quote_ == '\0' && is_operator(c));
  }

  /// `123`: a number in backticks is meant as the number; nothing is run for it.
  bool take_number() {
    const std::size_t end = rest_.find('`', 1);
    if (end == rest_.npos || end == 1) return false;
    const std::string_view number = rest_.substr(1, end - 1);
    if (number.find_first_not_of("0123456789") != number.npos) return false;
    word_ += number;
    in_word_ = true;
    rest_.remove_prefix(end + 1);
    return true;
  }

  void end_word() {
    if (in_word_) result_.words.push_back(std::move(word_));
    word_.clear();
    in_word_ = false;
  }

  std::string_view rest_;
  ShellWords result_;
  std::string word_;
  bool in_word_ = false;
  char quote_ = '\0';
};

}  // namespace

ShellWords shell_words(std::string_view text) { return Splitter(text).split(); }

}  // namespace harness::onboarding
