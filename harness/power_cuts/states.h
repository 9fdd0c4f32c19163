// Which states of a disk are tried: all that a power cut can leave, or a stated number of them.
// Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "power_cuts/write_history.h"

namespace harness {

struct StateLimits {
  bool kill = false;  // only states where nothing is lost and nothing torn
  std::uint64_t most = 2000;
  std::uint64_t seed = 1;
};

struct StatePlan {
  std::vector<DiskState> states;
  std::uint64_t possible = 0;  // UINT64_MAX: more than can be counted
};

/// The states, from the shortest log on:
///   - after each event, with all that was written before it;
///   - while an event writes, after each of its sectors, and with the next one half written: the
///     first half, or the second;
///   - before each flush, and at the end, every other choice of what was written since the last
///   one.
///     A choice that can be left earlier can be left then, too, and more was promised by then.
/// Where there are more than `most`, the first two kinds come first, and where there are others
/// have half of `most` or what those leave, taken at even distances. What remains is shared among
/// the places of the third: those with few choices have all of them; of the others, each sector
/// lost alone, each kept alone, and then choices drawn by the seed (fewer where thousands of
/// sectors were written since the last flush, so that memory stays bounded).
StatePlan plan_states(const WriteHistory& history, const StateLimits& limits);

}  // namespace harness
