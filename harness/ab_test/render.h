// A finished comparison, for people and for programs. Pure.
#pragma once

#include <string>

#include "ab_test/comparison.h"

namespace harness::ab {

/// All that a comparison is told with.
struct Result {
  std::string scenario, base, candidate;  // as the user named the images
  std::string base_sha256, fresh_sha256;
  std::string accel, qemu_version;
  ClockKind clock = ClockKind::host;
  double alpha = 0.01;
  std::size_t looks = 1;  // planned
  std::size_t pairs = 0;
  double seconds = 0;        // that all boots took
  std::string ended;         // why sampling ended
  std::vector<Row> warm_up;  // one sample a side, not used
  std::vector<Row> rows;
};

/// A table for a terminal.
std::string render_text(const Result& result);
/// Every sample is there, outliers too.
std::string render_json(const Result& result);

}  // namespace harness::ab
