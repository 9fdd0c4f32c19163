// How much of what a guest says is kept. Beyond, lines are still read and counted, so that the
// checksum stays right and a panic is still seen, but memory does not grow. Reports hold each value
// several times over: with these limits a run in which all are reached at once, by a flood, stays
// under 64 MiB (docs/RELIABILITY.md has the figures).
#pragma once

#include <cstddef>

namespace harness {

struct EventLimits {
  std::size_t lines = 250'000;  // Events::lines
  std::size_t values = 5'000;   // tests, timings, benches, profiles, metrics, JSON, panics together
  std::size_t text = 1 << 20;   // bytes of their names, units and texts together
};

// Reached, a limit is one entry of Events::damage, at the first line that is not kept.
inline constexpr char kTooManyLines[] = "more lines than are kept: the rest is only counted";
inline constexpr char kTooManyValues[] = "more values than are kept: the rest is only counted";
inline constexpr char kTooMuchText[] =
    "more names and texts than are kept: the rest is only counted";

}  // namespace harness
