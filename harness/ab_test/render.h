// A finished comparison, for people and for programs. Pure.
#pragma once

#include <string>

#include "ab_test/ab_test.h"

namespace harness::ab {

/// All that a comparison is printed with.
struct AbResult {
  std::string scenario, base, candidate;  // as the user named the images
  std::string base_sha256, fresh_sha256;
  std::string accel, qemu_version;
  ClockKind clock = ClockKind::host;
  double alpha = 0.01;
  std::size_t looks = 1;  // planned
  std::size_t pairs = 0;
  double seconds = 0;          // that all boots took
  double margin = 0.03;        // what "unchanged" is within
  std::string not_counted;     // why there are no counts beside the alarms, where there are none
  std::string ended;           // why sampling ended
  std::vector<AbRow> warm_up;  // one sample a side, not used
  std::vector<AbRow> rows;
};

/// The answer in a few lines: what changed, how many numbers did not, how it was measured, the
/// verdict.
std::string render_brief(const AbResult& result);
/// "NAME: regression: 3 regressions, 10 unchanged": a line.
std::string render_verdict(const AbResult& result);
/// A table of all numbers, and how they were judged.
std::string render_text(const AbResult& result);
/// Every sample is there, outliers too.
std::string render_json(const AbResult& result);

}  // namespace harness::ab
