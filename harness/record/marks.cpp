#include "record/marks.h"

#include <algorithm>

namespace harness {

std::vector<SerialMark> thinned(const std::vector<SerialMark>& marks) {
  std::vector<SerialMark> rising;
  for (const SerialMark& mark : marks) {
    if (rising.empty() || (mark.size > rising.back().size && mark.at >= rising.back().at)) {
      rising.push_back(mark);
    }
  }
  if (rising.size() <= kMaxMarks) return rising;
  std::vector<SerialMark> chosen;
  chosen.reserve(kMaxMarks);
  for (std::size_t i = 0; i < kMaxMarks; ++i) {
    chosen.push_back(rising[i * (rising.size() - 1) / (kMaxMarks - 1)]);
  }
  return chosen;
}

std::vector<Line> timed_by(std::vector<Line> lines, const std::vector<SerialMark>& marks,
                           std::size_t serial_size) {
  if (marks.empty()) return lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t arrived = i + 1 < lines.size() ? lines[i + 1].begin : serial_size;
    const auto mark = std::ranges::lower_bound(marks, arrived, {}, &SerialMark::size);
    lines[i].at = mark == marks.end() ? marks.back().at : mark->at;
  }
  return lines;
}

}  // namespace harness
