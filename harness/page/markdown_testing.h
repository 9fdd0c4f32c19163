// A strict reader of the Markdown that report.md uses, for tests and fuzz targets: whatever it
// finds no fault in shows untrusted text as text. It knows GitHub's tables and fences, and is told
// what the report itself may write: its headings, "<br>", its one picture.
#pragma once

#include <string>
#include <string_view>

namespace harness {

class MarkdownReader {
 public:
  /// The first fault and its line, or "".
  static std::string fault_in(std::string_view document) {
    MarkdownReader reader;
    while (!document.empty()) {
      const std::size_t end = document.find('\n');
      if (end == document.npos) return "the last line has no end";
      reader.line(document.substr(0, end));
      if (!reader.fault_.empty()) return reader.fault_;
      document.remove_prefix(end + 1);
    }
    return reader.fence_ == 0 ? "" : "a code block never ends";
  }

 private:
  void fail(std::string_view why, std::string_view line) {
    if (fault_.empty()) fault_ = std::string(why) + ": " + std::string(line.substr(0, 200));
  }

  void line(std::string_view line) {
    ++number_;
    std::size_t ticks = line.find_first_not_of('`');
    if (ticks == line.npos) ticks = line.size();
    if (fence_ != 0) {
      // A closing fence is at least as long as the opening one, with nothing behind it.
      if (ticks >= fence_ && ticks == line.size()) fence_ = 0;
      return;
    }
    if (ticks >= 3) {
      fence_ = ticks;
      columns_ = 0;
      return;
    }
    prose(line);
  }

  void prose(std::string_view line) {
    if (line.starts_with('#') && number_ != 1 && !line.starts_with("## ")) {
      fail("a heading that is not ours", line);
    }
    if (line.starts_with("    ") || line.starts_with('\t')) fail("an indented code block", line);
    const std::size_t borders = walk(line);
    if (!line.starts_with('|')) {
      columns_ = 0;
      return;
    }
    if (columns_ == 0) columns_ = borders;
    if (borders != columns_) fail("a row with another number of columns", line);
  }

  /// Looks at each character that could mean something; returns the number of table borders. A
  /// border splits a row also inside `code`.
  std::size_t walk(std::string_view line) {
    std::size_t borders = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
      const std::string_view rest = line.substr(at);
      if (line[at] == '\\') {
        ++at;
      } else if (line[at] == '|') {
        ++borders;
      } else if (line[at] == '`') {
        at += code_span(rest, borders) - 1;
      } else if (line[at] == '<') {
        if (!rest.starts_with("<br>")) fail("HTML", line);
      } else if (line[at] == '[' && !line.starts_with("![screen](vga.png)")) {
        fail("a link", line);
      } else if (rest.starts_with("://")) {
        fail("an address that becomes a link", line);
      }
    }
    return borders;
  }

  /// Bytes of the code span at the start of `text`, or of the run of backticks where it has no
  /// end. Counts the table borders inside.
  static std::size_t code_span(std::string_view text, std::size_t& borders) {
    std::size_t ticks = text.find_first_not_of('`');
    if (ticks == text.npos) return text.size();
    for (std::size_t at = ticks; at < text.size();) {
      if (text[at] != '`') {
        if (text[at] == '|' && text[at - 1] != '\\') ++borders;
        ++at;
        continue;
      }
      std::size_t end = text.find_first_not_of('`', at);
      if (end == text.npos) end = text.size();
      if (end - at == ticks) return end;
      at = end;
    }
    return ticks;
  }

  std::string fault_;
  std::size_t number_ = 0;
  std::size_t fence_ = 0;    // backticks of the open code block
  std::size_t columns_ = 0;  // borders of the rows of the open table
};

}  // namespace harness
