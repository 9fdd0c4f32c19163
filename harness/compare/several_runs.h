// Several runs as one side of a comparison: each noisy number with one value a run. Pure.
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"
#include "compare/measurements.h"

namespace harness {

/// Whether the two are one run: the same file, or begun in the same second with the same samples in
/// every number that both have (one at least).
bool is_same_run(const Measurements& a, const Measurements& b);

/// Whether a number of the side has one value for each of several runs.
bool is_of_runs(const Measurements& side);

/// `runs`: of one program, the oldest first; never empty. Units and conditions are those of
/// the newest, and numbers that it lacks those of the newest run that has them. A noisy number has
/// the medians of the runs that have it (Series::runs), in their order; an exact one is that of the
/// newest run, and a note names those that moved on the way. Runs that did not pass, or were
/// measured under other conditions than the newest, which `rules` do not waive, are its fault. A
/// note tells of runs that are not in the order in which they began.
Measurements one_side_of(const std::vector<Measurements>& runs, const Rules& rules);

/// What each of several sources holds, the oldest first, as sides: where every source is one
/// measurement, they are one side whatever they are called; else one side for each scenario.
std::vector<Measurements> sides_of(const std::vector<std::vector<Measurements>>& sources,
                                   const Rules& rules);

}  // namespace harness
