// Samples that no statistics can be built on, and what is wrong with them. Pure.
#pragma once

#include <string>
#include <vector>

#include "compare/compare.h"
#include "compare/measurements.h"

namespace harness {

/// What shows that a noisy number was not measured as it says: more than a fifth of its samples are
/// zero, their standard deviation is above their mean, or fewer came than its file announces. Empty
/// where nothing does. Boots of ours are whole, for their checksum says so: more than half must be
/// zero, since a guest may cut off the difference of two readings at 0, and the deviation says
/// nothing, since a boot may have waited for a processor. Nor does it of runs, and of one that is
/// held against runs by its median (`among_runs`). Says nothing of exact numbers, and of those that
/// may be anything.
std::string broken_data(const Series& series, bool among_runs = false);

/// The same of a whole comparison: all its noisy numbers of a unit, at least five, moved by one
/// factor, to 1 %. Then no program has changed, but the clock or the machine, and the rows of that
/// unit are made invalid. Returns that sentence, or nothing.
std::string mark_common_factor(std::vector<ComparedNumber>& rows);

}  // namespace harness
