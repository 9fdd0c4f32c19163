// uniharness timeline: where the time of a boot goes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"

namespace harness {

struct TimelineOptions {
  std::string scenario;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  BuildOptions build;
  std::size_t boots = 15;  // under the host clock, and as many of the empty guest
  bool json = false;
  bool quiet = false;
};
/// Boots the scenario's image under the host clock, interleaved with an empty guest on the same
/// machine, and twice under the counted clock (not with kvm, which cannot count). Throws UsageError
/// and Error.
ExitStatus show_timeline(const TimelineOptions& options);

}  // namespace harness
