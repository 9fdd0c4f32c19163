// A self-contained page: head, menu, sections, the scripts and styles it needs and no others. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/pieces.h"
#include "page/markup.h"

namespace harness::html {

struct Page {
  std::string title;  // untrusted, as of the window
  Markup headline;    // what stands above the menu
  std::vector<PageSection> sections;
  std::string data;       // JSON for charts.js; empty: nothing to draw
  std::string version;    // of uniharness, untrusted
  std::string live = {};  // state of what is shown, for live.js; empty: the page does not change
};
/// Throws what `put` throws.
void write(const Page& page, const PutText& put);
std::string render(const Page& page);

/// A part of the page where charts.js draws what has this id.
Markup chart_place(const std::string& id);

/// A box beside a table by which rows of one class are shown or not.
struct RowFilter {
  Literal rows;  // their class
  Literal label;
  bool shown = true;  // at first; without scripts and on paper all are
};
/// A field to search the rows of the table in the section `of`, and a box for each class of rows:
/// tables.js shows and serves it.
Markup table_tools(Literal of, Literal what, const std::vector<RowFilter>& filters);

/// A point in time as records have it, "2026-11-30T07:24:43Z": the reader's own time where scripts
/// run, and that text where one points at it. Untrusted; what is no time stays text.
Markup moment(std::string_view utc);

}  // namespace harness::html
