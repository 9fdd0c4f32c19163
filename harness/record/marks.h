// Serial marks in a bounded number, for record.json. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

inline constexpr std::size_t kMaxMarks = 10'000;

/// At most kMaxMarks of the marks, evenly chosen, first and last among them; fewer than that are
/// returned as they are, but for marks that do not rise. What is left is as true as before, only
/// coarser: "by this time, so many bytes".
std::vector<SerialMark> thinned(const std::vector<SerialMark>& marks);

/// The lines with the times that `marks` give them, as collect_events() would. `serial_size` is
/// where the last line ends.
std::vector<Line> timed_by(std::vector<Line> lines, const std::vector<SerialMark>& marks,
                           std::size_t serial_size);

}  // namespace harness
