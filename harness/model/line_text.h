// The bytes of a line that a record knows by its place.
#pragma once

#include <string_view>

#include "model/record.h"

namespace harness {

/// Of a line of `serial`, without its line end; empty where `serial` ends before it. Untrusted.
inline std::string_view line_text(const Line& line, std::string_view serial) {
  if (line.begin > line.end || line.end > serial.size()) return {};
  return serial.substr(line.begin, line.end - line.begin);
}

}  // namespace harness
