// What code gained that a guest made for arguments that repeat: by the guest's own word, and by
// what was counted. A guest that measures wrongly, or publishes what does not pay, is found out by
// nothing else. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"
#include "profile/profile.h"

namespace harness::profile {

/// One version of a function, and the function.
struct TierGain {
  enum class Agreement {
    agrees,
    differs,    // a call took something else than was said, or the gain is another
    unchecked,  // it was not called, there are several of that name, or what was counted before is
                // a mean of calls with several arguments that code was made for
  };
  std::string name, of;  // untrusted
  Agreement agreement = Agreement::unchecked;
  std::string reason;                             // why it does not agree
  std::uint64_t calls = 0;                        // of the version
  std::uint64_t said = 0, said_before = 0;        // ticks of one call
  std::uint64_t counted = 0, counted_before = 0;  // instructions a call, on average
};

/// Of each line of wire/tier.h, of the same boot under the counted clock. Calls agree within 2 %
/// and what calling it to measure it costs, 1,000 instructions; gains within 5 points: the function
/// was called with other arguments, too, so that a difference there need be no mistake, but is to
/// be looked at. A number that is none differs; so does what follows the first thousand.
std::vector<TierGain> tier_gains(const CountedProfile& profile, const Events& events);

/// A line for each, below a heading; empty where there are none.
std::string render_tier_gains(const std::vector<TierGain>& gains);

/// Whether one of them differs.
bool has_difference(const std::vector<TierGain>& gains);

}  // namespace harness::profile
