#include "summary_report/roadmap.h"

#include <algorithm>

#include "base/text.h"

namespace harness::summary {
Roadmap parse_roadmap(std::string_view markdown) {
  Roadmap roadmap;
  std::string heading;
  bool in_open_item = false;
  while (!markdown.empty()) {
    const std::string_view line = markdown.substr(0, markdown.find('\n'));
    markdown.remove_prefix(std::min(markdown.size(), line.size() + 1));
    if (line.starts_with('#')) {
      heading = trimmed(line.substr(std::min(line.find_first_not_of('#'), line.size())));
      in_open_item = false;
    } else if (line.starts_with("- [ ] ")) {
      roadmap.open.push_back({heading, std::string(trimmed(line.substr(6)))});
      in_open_item = true;
    } else if (line.starts_with("- [x] ") || line.starts_with("- [X] ")) {
      ++roadmap.done;
      in_open_item = false;
    } else if (in_open_item && line.starts_with(' ') && !trimmed(line).empty()) {
      roadmap.open.back().text.append(" ").append(trimmed(line));
    } else {
      in_open_item = false;
    }
  }
  return roadmap;
}

}  // namespace harness::summary
