// The numbers of two sides, one row each. Pure.
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"

namespace harness {

struct ComparedRows {
  std::vector<ComparedNumber> rows;  // those of BASE in their order, then what only NEW has
  std::vector<std::string> notes;    // units that were converted
  std::size_t family = 0;            // how many noisy numbers share the rate of false alarms
};
/// In time that grows with the number of names, not with its square.
ComparedRows compare_rows(const Measurements& base, const Measurements& candidate,
                          const Rules& rules);

/// Throws UsageError for a kind of number to gate on that no benchmark of either side has.
void check_gates(const std::vector<const Measurements*>& sides, const Rules& rules);

}  // namespace harness
