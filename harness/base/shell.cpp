#include "base/shell.h"

#include <string_view>

namespace harness {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:,+@%").find(c) != std::string_view::npos;
}

/// '=' is plain only behind the first word, where it would make an assignment of it.
bool needs_quotes(const std::string& word, bool first) {
  if (word.empty()) return true;
  for (const char c : word) {
    if (!is_plain(c) && (c != '=' || first)) return true;
  }
  return false;
}

}  // namespace

std::string shell_quoted(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& word : argv) {
    const bool first = line.empty();
    if (!first) line += ' ';
    if (!needs_quotes(word, first)) {
      line += word;
      continue;
    }
    line += '\'';
    for (const char c : word) {
      // Inside '...' a shell takes everything as it is; only the quote itself must step outside.
      if (c == '\'') {
        line += "'\\''";
      } else {
        line += c;
      }
    }
    line += '\'';
  }
  return line;
}

}  // namespace harness
