// uniharness init: a scenario for an image that nothing is known of.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace harness {

struct InitOptions {
  std::filesystem::path image;
  std::filesystem::path out;  // the scenario file; empty: beside the image, with its name
  std::string as;             // key of `image:` where the bytes do not tell it; or empty
  std::string arch;           // instead of what the bytes tell; or empty
  std::string append;         // command line of a kernel, instead of the usual one
  std::uint64_t memory = 0;   // bytes; 0: what the image needs, and more where it dies of that
  std::string cpu;            // -cpu; empty: the architecture's
  std::uint64_t smp = 1;
  std::vector<std::string> initrd;           // of a kernel: "FILE" or "FILE WORDS"
  std::vector<std::filesystem::path> disks;  // beside the image
  std::chrono::milliseconds wall{30'000};    // of the probe; a third of it may be silence
  bool expect_failure = false;               // a bad end is what the guest is meant to have
  bool force = false;                        // replace a file that is there
  bool verbose = false;
  bool quiet = false;
};
/// Boots the image once, or a second time with more memory where it dies early or prints nothing,
/// and writes a scenario that passes; one that fails, with a warning and the status `failed`, where
/// the guest failed. Throws UsageError for a file that cannot be booted, or one in the place of the
/// scenario; Error (failed) where the guest printed nothing that a scenario could wait for.
ExitStatus init_scenario(const InitOptions& options);

}  // namespace harness
