// One number of two sides: what it may lose, and what became of it. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "compare/compare.h"

namespace harness {

/// The median; 0 where there is no sample.
double median_of(const Series& series);

/// Why the samples of one side cannot be used, or "".
std::string fault_of(const Series& series);

/// What the numbers of a comparison share.
struct Circumstances {
  std::size_t family = 1;            // how many noisy numbers are compared together
  std::optional<double> begun = {};  // when the candidate began, in seconds since 1970
};

/// Throws UsageError for a tolerance of the number in another unit.
ComparedNumber compare_series(const Series& base, const Series& candidate, const Rules& rules,
                              const Circumstances& circumstances);

}  // namespace harness
