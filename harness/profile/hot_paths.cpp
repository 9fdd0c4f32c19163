#include "profile/hot_paths.h"

#include <algorithm>
#include <map>

namespace harness::profile {

std::vector<HotPath> find_hot_paths(const CountedProfile& profile, const Listing& listing,
                                    std::uint64_t least) {
  std::map<std::uint32_t, HotBlock> dearest;  // by function: the first one found costs most
  for (const HotBlock& block : hot_blocks(listing)) {
    dearest.try_emplace(listing.instructions[block.first].function, block);
  }
  std::vector<HotPath> paths;
  for (const FunctionTotals& one : profile.functions) {
    if (profile.code.functions[one.function].is_region) continue;
    const std::uint64_t per_call = one.self / std::max<std::uint64_t>(1, one.outermost);
    if (per_call <= least) continue;
    HotPath path{one, per_call, std::nullopt};
    if (const auto block = dearest.find(one.function); block != dearest.end()) {
      path.block = block->second;
    }
    paths.push_back(path);
  }
  return paths;
}

}  // namespace harness::profile
