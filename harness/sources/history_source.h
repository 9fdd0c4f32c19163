// A run of the history as one side of a comparison.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compare/measurements.h"

namespace harness {

inline constexpr std::string_view kHistoryPrefix = "history:";

/// `source`: "history:SCENARIO", its newest run, or "history:SCENARIO~N", the N-th before. Numbers
/// that depend on the disk are left out. `source` of the result says so where it is a run of before
/// memory and sizes were kept. Throws UsageError
/// for a scenario or a run that is not there, Error where the history cannot be read.
Measurements measurements_of_history(const std::string& source);

/// Whether `source` is "history:SCENARIO@N".
bool names_runs_of_history(std::string_view source);

/// Those N runs (kMostRuns at most), the oldest first, that passed and whose environment is that of
/// the newest that passed; fewer where there are no more. Throws as above, and UsageError for an N
/// that is none.
std::vector<Measurements> runs_of_history(const std::string& source);
inline constexpr std::size_t kMostRuns = 1000;

}  // namespace harness
