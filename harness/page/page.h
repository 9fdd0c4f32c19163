// A self-contained page: head, menu, sections, the scripts and styles it needs and no others. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "page/markup.h"

namespace harness::html {

struct Page {
  std::string title;  // untrusted, as of the window
  Markup headline;    // what stands above the menu
  std::vector<PageSection> sections;
  std::string data;       // JSON for charts.js; empty: nothing to draw
  std::string version;    // of uniharness, untrusted
  std::string live = {};  // state of what is shown, for live.js; empty: the page does not change
  bool sorts = false;     // it has tables that can be sorted (TableOptions), or table_tools()
};
std::string render(const Page& page);

/// A part of the page where charts.js draws what has this id.
Markup chart_place(const std::string& id);

/// A field to search the rows of the table in the section `of`, and a box for each class of rows:
/// tables.js shows and serves it. `states`: class and label.
Markup table_tools(Literal of, Literal what,
                   const std::vector<std::pair<Literal, Literal>>& states);

}  // namespace harness::html
