// The contexts of a profile as frames of a flame graph: laid out, and no more than a picture holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "profile/profile.h"

namespace harness::profile {

/// A frame covers [at, at + total) of the profile's instructions, under its caller's.
struct Frame {
  std::uint64_t at = 0, total = 0, self = 0, calls = 0;
  std::uint32_t function = 0;
  std::size_t depth = 0;     // 0: below the root
  std::uint64_t merged = 0;  // 0, or so many contexts that are too small for frames of their own
};

/// All frames, callers before what they called, most instructions first. The sum of `self` is the
/// profile's total. Beyond `most` frames, the smallest are merged into one for each caller.
std::vector<Frame> make_frames(const CountedProfile& profile, std::size_t most = 20'000);

}  // namespace harness::profile
