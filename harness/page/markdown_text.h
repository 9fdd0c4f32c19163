// The pieces of Markdown that a report is made of. Untrusted text goes in, and can end neither a
// cell, a code block nor a paragraph. Pure. Syntax: GitHub Flavored Markdown, which GitLab shares.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// What a comment of a pull request holds at GitHub (65,536 characters; a longer one is refused), a
/// little less. The summary of a step holds 1 MiB, and a longer one is dropped as a whole.
inline constexpr std::size_t kMarkdownBytes = 65'000, kMostMarkdownBytes = 1'000'000;

/// Untrusted text as inline Markdown that shows it literally: no markup, HTML, link or table
/// border can come of it. "\n" becomes a line break inside the paragraph or cell.
std::string markdown_text(std::string_view untrusted);

/// A code block; its fence is longer than any run of backticks in the text. Lines must be
/// printable already (printable_lines, tail_of).
std::string markdown_block(std::string_view printable_text, std::string_view language = "text");

/// Untrusted text as inline code. Not for table cells, where "|" ends even code.
std::string markdown_code(std::string_view untrusted);

struct MarkdownColumn {
  std::string_view title;
  bool number = false;  // aligned to the right
};
/// Cells are Markdown already. Each row must have one cell per column. Empty for no rows.
std::string markdown_table(const std::vector<MarkdownColumn>& columns,
                           const std::vector<std::vector<std::string>>& rows);

/// Its pieces, for a table that is written row by row: the head with the line below it, and a row.
std::string markdown_table_head(const std::vector<MarkdownColumn>& columns);
std::string markdown_table_row(const std::vector<std::string>& cells);

/// The same of the first rows only, as many as `most` bytes hold; the line below it says how many
/// were left out, and that `where` has all.
std::string markdown_table_within(const std::vector<MarkdownColumn>& columns,
                                  const std::vector<std::vector<std::string>>& rows,
                                  std::size_t most, std::string_view where);

/// `body` below a heading; empty where the body is.
std::string markdown_section(std::string_view title, std::string_view body);

}  // namespace harness
