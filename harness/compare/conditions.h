// Whether two sides were measured alike: by what they say of themselves, and by what their numbers
// look like. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/compare.h"

namespace harness {

/// What a side says of this condition, "clock", say; empty where it says nothing.
std::string condition_of(const Measurements& side, std::string_view key);

/// What two sides were measured under, where it differs; empty where a side does not say it.
struct ConditionChange {
  std::string name, old_value, new_value;
};
/// Those of the base first, in their order.
std::vector<ConditionChange> condition_changes(const Measurements& base,
                                               const Measurements& candidate);

/// "qemu: 7.2.22 and 8.0.0; clock: counted and host", or "".
std::string conditions_text(const std::vector<ConditionChange>& changes);

/// Those that differ, apart: what somebody has waived, all of it or by name, and what nobody has.
struct UnlikeConditions {
  std::vector<ConditionChange> waived, refused;
};
UnlikeConditions unlike_conditions(const Measurements& base, const Measurements& candidate,
                                   const Rules& rules);

/// "neither side says anything of host: ...", of the conditions to be ignored, or "".
std::string nothing_to_ignore(const Measurements& base, const Measurements& candidate,
                              const Rules& rules);

/// Throws UsageError for a condition to be ignored that no side has and no file could have: a slip
/// of the pen would pass for a rule.
void check_ignored(std::span<const Measurements> bases, std::span<const Measurements> candidates,
                   const Rules& rules);

/// "everything moved by one factor (1.50) ...", or "": that is another clock or machine rather than
/// another program. At least three numbers must agree in it.
std::string common_factor(const std::vector<ComparedNumber>& rows);

}  // namespace harness
