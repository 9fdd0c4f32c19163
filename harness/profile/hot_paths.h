// Functions worth a look: those whose own work is large each time they are called. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "profile/instructions.h"
#include "profile/profile.h"

namespace harness::profile {

struct HotPath {
  FunctionTotals function;
  std::uint64_t per_call = 0;     // own instructions for each outermost call
  std::optional<HotBlock> block;  // of the function, the one that costs most
};

/// The guest's functions with more than `least` own instructions an outermost call, most first.
std::vector<HotPath> find_hot_paths(const CountedProfile& profile, const Listing& listing,
                                    std::uint64_t least);

}  // namespace harness::profile
