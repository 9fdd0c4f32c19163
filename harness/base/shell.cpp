#include "base/shell.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

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

/// Whether a terminal shows the word and does nothing else with it. A new line is for the user to
/// see, as in a script.
bool is_harmless(const std::string& word) {
  std::string line = word;
  std::ranges::replace(line, '\n', ' ');
  return printable(line) == line;
}

/// A word in '...'. Inside, a shell takes everything as it is; only what a terminal must not see,
/// and the quote itself, step outside.
std::string in_quotes(const std::string& word) {
  const bool harmless = is_harmless(word);
  std::string text = "'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'') {
      text += "'\\''";
    } else if (harmless || c == '\n' || (byte >= 0x20 && byte < 0x7F)) {
      text += c;
    } else {
      // printf with octal digits is in every POSIX shell, $'...' is not.
      text += "'\"$(printf '\\";
      for (const int shift : {6, 3, 0}) text += static_cast<char>('0' + (byte >> shift & 7));
      text += "')\"'";
    }
  }
  return text + "'";
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
    line += in_quotes(word);
  }
  return line;
}

}  // namespace harness
