// What the counted clock says beside an alarm by host time: code that only lies elsewhere can be
// slower, and executes nothing more. Pure.
#pragma once

#include <string>
#include <vector>

#include "ab_test/ab_test.h"

namespace harness::ab {

/// Whether some row is an alarm: a regression or an improvement.
bool has_alarm(const std::vector<AbRow>& rows);

/// Gives each alarm the numbers of one counted boot of each image that are about the same: of one
/// section ("profile f first" by host time, "profile f total" counted), and for the time of the
/// whole boot all that there are.
void add_counted(std::vector<AbRow>& rows, const std::vector<Reading>& base,
                 const std::vector<Reading>& candidate);

/// "'profile f first': counted 28,420 → 28,421 instructions (profile f total)", or that all are
/// equal: "layout, not instructions". A line each; empty where there is nothing to say.
std::string counted_lines(const std::vector<AbRow>& rows);

}  // namespace harness::ab
