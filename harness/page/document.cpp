#include "page/document.h"

#include "base/text.h"
#include "page/markdown_text.h"
#include "page/page.h"

namespace harness {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += printable(line) + "\n";
  return text;
}

std::string markdown_of(const DocumentTable& table) {
  std::vector<MarkdownColumn> columns;
  columns.reserve(table.columns.size());
  for (const html::Column& column : table.columns) {
    columns.push_back({column.title.text(), column.number});
  }
  std::vector<std::vector<std::string>> rows = table.rows;
  for (auto& row : rows) {
    for (std::string& cell : row) cell = markdown_text(cell);
  }
  return markdown_table(columns, rows);
}

std::string markdown_of(const DocumentPart& part) {
  return std::visit(Overloaded{[](const std::string& text) { return markdown_text(text) + "\n"; },
                               [](const DocumentTable& table) { return markdown_of(table); },
                               [](const DocumentCommands& commands) {
                                 return markdown_block(joined(commands.lines), "sh");
                               },
                               [](const DocumentList& list) {
                                 std::string text;
                                 for (const std::string& item : list.items) {
                                   text += "- " + markdown_text(item) + "\n";
                                 }
                                 return text;
                               }},
                    part);
}

html::Markup html_of(const DocumentTable& table) {
  std::vector<html::Row> rows;
  rows.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    html::Row& cells = rows.emplace_back();
    for (const std::string& cell : row) cells.cells.push_back(html::breakable(cell));
  }
  return html::table(table.columns, rows);
}

html::Markup html_of(const DocumentPart& part) {
  using namespace html;
  return std::visit(Overloaded{[](const std::string& text) { return element("p", escaped(text)); },
                               [](const DocumentTable& table) { return html_of(table); },
                               [](const DocumentCommands& commands) {
                                 return element("pre",
                                                element("code", escaped(joined(commands.lines))));
                               },
                               [](const DocumentList& list) {
                                 Markup items;
                                 for (const std::string& item : list.items) {
                                   items += element("li", escaped(item));
                                 }
                                 return element("ul", items);
                               }},
                    part);
}

}  // namespace

std::string document_markdown(const Document& document) {
  std::string text = "# " + markdown_text(document.title) + "\n";
  for (const std::string& paragraph : document.lead) text += "\n" + markdown_text(paragraph) + "\n";
  for (const DocumentSection& section : document.sections) {
    std::string body;
    for (const DocumentPart& part : section.parts) {
      const std::string rendered = markdown_of(part);
      if (!rendered.empty()) body += (body.empty() ? "" : "\n") + rendered;
    }
    if (!body.empty()) text += "\n" + markdown_section(section.title.text(), body);
  }
  return text;
}

std::string document_html(const Document& document) {
  html::Page page;
  page.title = document.title;
  page.headline = html::element("h1", html::escaped(document.title));
  for (const std::string& paragraph : document.lead) {
    page.headline += html::element("p", " class=\"about\"", html::escaped(paragraph));
  }
  for (const DocumentSection& section : document.sections) {
    html::Markup body;
    for (const DocumentPart& part : section.parts) body += html_of(part);
    if (!body.empty()) page.sections.push_back({section.id, section.title, body});
  }
  page.version = UNIHARNESS_VERSION;
  return html::render(page);
}

}  // namespace harness
