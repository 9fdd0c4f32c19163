#include "base/fold.h"

#include <algorithm>

#include "base/format.h"
#include "base/text.h"

namespace harness {
namespace {

/// Columns of a word that may hold colours: "\x1b[1;31m".
std::size_t shown_width(std::string_view word) {
  std::size_t columns = 0;
  while (!word.empty()) {
    const std::size_t escape = std::min(word.find("\x1b["), word.size());
    columns += display_width(word.substr(0, escape));
    const std::size_t end = word.find('m', escape);
    if (end == word.npos) break;
    word.remove_prefix(end + 1);
  }
  return columns;
}

void fold_line(std::string_view line, std::size_t width, std::string& out) {
  const std::size_t margin = std::min(line.find_first_not_of(' '), line.size());
  std::size_t used = 0;
  while (!line.empty()) {
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    std::size_t end = std::min(line.find(' ', blanks), line.size());
    // A number and its sign of percent stay together; "%rax" is a word of its own.
    if (const std::string_view next = line.substr(end);
        next.starts_with(" %") && (next.size() == 2 || !is_letter(next[2]))) {
      end = std::min(line.find(' ', end + 1), line.size());
    }
    const std::size_t columns = shown_width(line.substr(blanks, end - blanks));
    if (used > margin && columns > 0 && used + blanks + columns > width) {
      const std::size_t indent = std::min(margin + 4, width / 2);
      out += "\n" + std::string(indent, ' ');
      used = indent;
    } else {
      out.append(blanks, ' ');
      used += blanks;
    }
    out += line.substr(blanks, end - blanks);
    used += columns;
    line.remove_prefix(end);
  }
}

}  // namespace

std::string folded(std::string_view text, std::size_t width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    fold_line(text.substr(0, end), width, out);
    if (end < text.size()) out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace harness
