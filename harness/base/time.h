// Durations as the numbers that people read.
#pragma once

#include <chrono>

namespace harness {

inline double in_milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace harness
