// What is next, as ROADMAP.md says: a Markdown file with lists of tasks. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace harness::summary {

struct RoadmapItem {
  std::string heading;  // that it stands under; empty before the first
  std::string text;     // in one line
};
struct Roadmap {
  std::size_t done = 0;           // items "- [x]"
  std::vector<RoadmapItem> open;  // items "- [ ]", in the order of the file
};

/// Any bytes. Lines that are indented below an item belong to it. What is no task is skipped.
Roadmap parse_roadmap(std::string_view markdown);

}  // namespace harness::summary
