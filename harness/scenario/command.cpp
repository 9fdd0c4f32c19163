#include "scenario/command.h"

#include <fmt/format.h>

#include "base/text.h"

namespace harness {

std::variant<std::vector<std::string>, SplitFault> split_command(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  for (const char c : line) {
    if (quote != 0 && c == quote) {
      quote = 0;
      continue;
    }
    const std::string_view special = quote == 0 ? "|;&<>$`*\\\n\r" : quote == '"' ? "$`\\" : "";
    if (special.find(c) != std::string_view::npos) {
      return SplitFault{c == '\n' || c == '\r'
                            ? "a command is one line"
                            : fmt::format("'{}' is shell syntax, and no shell reads it", c)};
    }
    if (quote == 0 && (c == ' ' || c == '\t')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return SplitFault{fmt::format("a quote ({}) is not closed", quote)};
  if (words.empty() || words.front().empty()) return SplitFault{"no program is named"};
  return words;
}

}  // namespace harness
