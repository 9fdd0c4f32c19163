// A self-contained page: head, menu, sections, the scripts and styles it needs and no others. Pure.
#pragma once

#include <string>
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
};
std::string render(const Page& page);

/// A part of the page where charts.js draws what has this id.
Markup chart_place(const std::string& id);

}  // namespace harness::html
