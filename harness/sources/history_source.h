// A run of the history as one side of a comparison.
#pragma once

#include <string>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

inline constexpr std::string_view kHistoryPrefix = "history:";

/// `source`: "history:SCENARIO", its newest run, or "history:SCENARIO~N", the N-th before. Numbers
/// that depend on the disk are left out. `source` of the result says so where it is a run of before
/// memory and sizes were kept. Throws UsageError
/// for a scenario or a run that is not there, Error where the history cannot be read.
Measurements measurements_of_history(const std::string& source);

}  // namespace harness
