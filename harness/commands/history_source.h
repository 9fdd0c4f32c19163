// A run of the history as one side of a comparison.
#pragma once

#include <string>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

inline constexpr std::string_view kHistoryPrefix = "history:";

/// `source`: "history:SCENARIO", its newest run, or "history:SCENARIO~N", the N-th before. Numbers
/// that depend on the disk are left out, and memory and sizes are not kept there. Throws UsageError
/// for a scenario or a run that is not there, Error where the history cannot be read.
Measurements measurements_of_history(const std::string& source);

}  // namespace harness
