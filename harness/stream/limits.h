// How much of what a guest says is kept. Beyond, lines are still read and counted, so that the
// checksum stays right and a panic is still seen, but memory does not grow.
#pragma once

#include <cstddef>
#include <cstdint>

namespace harness {

struct EventLimits {
  std::size_t lines = 250'000;  // Events::lines
  std::size_t values = 20'000;  // tests, timings, benches, profiles, metrics, JSON, panics together
  std::size_t text = 1 << 20;   // bytes of their names, units and texts together
  std::size_t code = 16'384;    // [CODE] lines, which are not among the values
};

/// Of a flood, where the middle of the log was left out, whose log alone fills 16 MiB: reports hold
/// each value several times over, and the whole is to stay under 64 MiB (docs/RELIABILITY.md has
/// the figures). Its verdict is truncated in any case.
inline constexpr EventLimits kFloodLimits = {.values = 3'000, .text = 512 << 10, .code = 3'000};

/// For a log of which so many bytes were left out.
constexpr EventLimits event_limits(std::uint64_t left_out) {
  return left_out > 0 ? kFloodLimits : EventLimits();
}

// Reached, a limit is one entry of Events::protocol_errors, at the first line that is not kept.
inline constexpr char kTooManyLines[] = "more lines than are kept: the rest is only counted";
inline constexpr char kTooManyValues[] = "more values than are kept: the rest is only counted";
inline constexpr char kTooMuchCode[] = "more [CODE] lines than are kept: the rest is only counted";
inline constexpr char kTooMuchText[] =
    "more names and texts than are kept: the rest is only counted";

}  // namespace harness
