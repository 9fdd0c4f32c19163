// One number of two sides: what it may lose, and what became of it. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "compare/compare.h"

namespace harness {

/// The median; 0 where there is no sample.
double median_of(const Series& series);

/// Why the samples of one side cannot be used, or "".
std::string fault_of(const Series& series);

/// `family`: how many noisy numbers are compared together. Throws UsageError for a tolerance of the
/// number in another unit.
ComparedNumber compare_series(const Series& base, const Series& candidate, const Rules& rules,
                              std::size_t family);

}  // namespace harness
