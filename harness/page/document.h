// A report that is headings, sentences and tables: written once, rendered as Markdown and as a page
// of its own. Texts are untrusted, titles of sections and columns are ours. Pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "page/markup.h"

namespace harness {

struct DocumentTable {
  std::vector<html::Column> columns;
  std::vector<std::vector<std::string>> rows;  // a cell for each column
};
/// Lines to paste into a shell.
struct DocumentCommands {
  std::vector<std::string> lines;
};
struct DocumentList {
  std::vector<std::string> items;
};
/// A paragraph, or one of the above.
using DocumentPart = std::variant<std::string, DocumentTable, DocumentCommands, DocumentList>;

struct DocumentSection {
  html::Literal id, title;
  std::vector<DocumentPart> parts;  // a section without is not shown
};

struct Document {
  std::string title;
  std::vector<std::string> lead;  // paragraphs before the first section
  std::vector<DocumentSection> sections;
};

/// GitHub Flavored Markdown, ending in a newline.
std::string document_markdown(const Document& document);

/// One self-contained page.
std::string document_html(const Document& document);

}  // namespace harness
