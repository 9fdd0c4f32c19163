// The guest's own profile ([PROFILE] lines) against what was counted. Nothing else can show a
// profiler that drops calls, or times the wrong thing, from one that is right. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"
#include "profile/profile.h"

namespace harness::profile {

enum class Agreement {
  agrees,
  differs,    // calls are not the same, or instructions are further apart than the overhead
  unchecked,  // the guest has no function of that name, or several, or its overhead is unknown
};

/// One [PROFILE] line and the function of its name.
struct CrossCheck {
  std::string name;
  Agreement agreement = Agreement::unchecked;
  std::uint64_t said_calls = 0, counted_calls = 0;
  std::uint64_t said_total = 0, counted_total = 0;
  std::uint64_t overhead = 0;  // instructions a call that the two may differ by
  std::string reason;          // why it does not agree
};

/// Of each [PROFILE] line. The function is found by its short name. Calls must be equal to its
/// outermost calls; instructions to its total less what our kernel::Profiler did below it, within
/// the overhead: what the guest states as the metric "profiler.overhead", or, where that is more
/// than twice of what a pair of kernel::Profiler::begin() and end() was counted to cost, that cost.
/// What the plugin's total and QEMU's own count are apart is allowed for, too. Only for events of
/// the same boot under the counted clock.
std::vector<CrossCheck> cross_check(const CountedProfile& profile, const Events& events);

}  // namespace harness::profile
