// Several runs as one side of a comparison: each noisy number with one value a run. Pure.
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"
#include "compare/measurements.h"

namespace harness {

/// `runs`: of one program, the oldest first; never empty. Names, units and conditions are those of
/// the newest. A noisy number has the medians of the runs that have it (Series::runs), in their
/// order; an exact one is that of the newest run, and a note names those that moved on the way.
/// Runs that did not pass, or were measured under other conditions than the newest, which `rules`
/// do not waive, are its fault.
Measurements one_side_of(const std::vector<Measurements>& runs, const Rules& rules);

/// What each of several sources holds, the oldest first, as sides: where every source is one
/// measurement, they are one side whatever they are called; else one side for each scenario.
std::vector<Measurements> sides_of(const std::vector<std::vector<Measurements>>& sources,
                                   const Rules& rules);

}  // namespace harness
