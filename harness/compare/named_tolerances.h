// The tolerances that a user names numbers for, held against the numbers that there are. Pure.
#pragma once

#include <span>

#include "compare/compare.h"

namespace harness {

/// Throws UsageError for a tolerance whose number, or unit, none of `bases` has: a tolerance that
/// is about nothing is a slip of the pen that would pass for a rule.
void check_tolerances(std::span<const Measurements> bases, const Rules& rules);

/// `rules` with each tolerance under the full name of every number of `base` that it is about; a
/// name goes before a pattern. Throws UsageError where two of a kind are about one number.
Rules with_full_names(const Measurements& base, const Rules& rules);

}  // namespace harness
