// uniharness init: a scenario for an image that nothing is known of.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace harness {

struct InitOptions {
  std::filesystem::path image;
  std::filesystem::path out;  // the scenario file; empty: beside the image, with its name
  std::string as;             // key of `image:` where the bytes do not show it; or empty
  std::string arch;           // instead of what the bytes show; or empty
  std::string append;         // command line of a kernel, instead of the usual one
  std::chrono::milliseconds wall{30'000};  // of the probe; a third of it may be silence
  bool force = false;                      // replace a file that is there
  bool verbose = false;
  bool quiet = false;
};
/// Boots the image once and writes a scenario that passes. Throws UsageError for a file that cannot
/// be booted, or one in the place of the scenario; Error (failed) where the guest said nothing that
/// a scenario could wait for.
ExitStatus init_scenario(const InitOptions& options);

}  // namespace harness
