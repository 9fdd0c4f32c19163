// The machine that booted the guests of a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace harness {

/// As it was when the run began. Texts are empty, and numbers 0 or unset, where it is not known.
struct Host {
  std::string name = {};         // empty, too, where it was to be left out
  std::string node = {};         // what the cluster calls it
  std::string cpu = {};          // the model of its processors
  std::uint64_t processors = 0;  // that this program may run on
  std::optional<double> quota =
      {};                           // of processors, by its control group; unset: no limit is known
  std::string governor = {};        // of their frequency
  std::string kernel = {};          // "Linux 6.1.0-18-amd64"
  std::optional<double> load = {};  // average of the last minute
};

}  // namespace harness
