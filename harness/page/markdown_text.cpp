#include "page/markdown_text.h"

#include <algorithm>

#include "base/format.h"
#include "base/text.h"

namespace harness {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// One character of printable text, escaped where it could mean something. What has a meaning only
/// at the start of a line ("#", "-", "1.") is left: reports never begin a line with such text.
void append_escaped(std::string_view text, std::size_t at, std::string& out) {
  const char c = text[at];
  const auto is = [&](std::size_t i, char wanted) { return i < text.size() && text[i] == wanted; };
  switch (c) {
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '&':
      out += "&amp;";
      return;
    case '\n':
      out += "<br>";
      return;
    case '_': {
      // Inside a word it is only itself: heap_used stays readable in the source.
      const bool inside =
          at > 0 && at + 1 < text.size() && is_word(text[at - 1]) && is_word(text[at + 1]);
      out += inside ? "_" : "\\_";
      return;
    }
    // Bare addresses become links by themselves.
    case ':':
      out += is(at + 1, '/') && is(at + 2, '/') ? "\\:" : ":";
      return;
    case '.': {
      const bool www = at >= 3 && (text[at - 1] | 0x20) == 'w' && (text[at - 2] | 0x20) == 'w' &&
                       (text[at - 3] | 0x20) == 'w';
      out += www ? "\\." : ".";
      return;
    }
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '|':
    case '~':
    case '$':
      out += '\\';
      out += c;
      return;
    default:
      out += c;
  }
}

std::size_t longest_backtick_run(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string markdown_text(std::string_view untrusted) {
  const std::string text = printable_lines(untrusted);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) append_escaped(text, i, out);
  return out;
}

std::string markdown_block(std::string_view printable_text, std::string_view language) {
  const std::string fence(std::max<std::size_t>(3, longest_backtick_run(printable_text) + 1), '`');
  std::string out = fence + std::string(language) + "\n" + std::string(printable_text);
  if (!out.ends_with('\n')) out += '\n';
  return out + fence + "\n";
}

std::string markdown_code(std::string_view untrusted) {
  const std::string text = printable(untrusted);
  if (text.empty()) return {};
  const std::string fence(longest_backtick_run(text) + 1, '`');
  // One blank on each side is taken off again, and keeps a backtick at an end apart from the fence.
  const bool at_an_end = text.front() == '`' || text.back() == '`';
  const std::string_view blank = at_an_end ? " " : "";
  return fence + std::string(blank) + text + std::string(blank) + fence;
}

std::string markdown_table_head(const std::vector<MarkdownColumn>& columns) {
  std::string out = "|", rule = "|";
  for (const MarkdownColumn& column : columns) {
    out += " " + std::string(column.title) + " |";
    rule += column.number ? " ---: |" : " --- |";
  }
  return out + "\n" + rule + "\n";
}

std::string markdown_table_row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += cell.empty() ? " |" : " " + cell + " |";
  return out + "\n";
}

std::string markdown_table(const std::vector<MarkdownColumn>& columns,
                           const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) return {};
  std::string out = markdown_table_head(columns);
  for (const auto& row : rows) out += markdown_table_row(row);
  return out;
}

std::string markdown_table_within(const std::vector<MarkdownColumn>& columns,
                                  const std::vector<std::vector<std::string>>& rows,
                                  std::size_t most, std::string_view where) {
  if (rows.empty()) return {};
  std::string out = markdown_table_head(columns);
  std::size_t printed = 0;
  for (; printed < rows.size(); ++printed) {
    const std::string line = markdown_table_row(rows[printed]);
    if (out.size() + line.size() > most) break;
    out += line;
  }
  if (printed == rows.size()) return out;
  if (printed == 0) out.clear();
  return out + (out.empty() ? "" : "\n") + grouped(rows.size() - printed) +
         " more rows are left out here; " + std::string(where) + " has all.\n";
}

std::string markdown_section(std::string_view title, std::string_view body) {
  if (body.empty()) return {};
  return "## " + std::string(title) + "\n\n" + std::string(body);
}

}  // namespace harness
