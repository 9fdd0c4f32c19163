// Guests that were not written for uniharness: a scenario for an image that nothing is known of,
// and a suite for the unit tests of others.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/suite_run.h"

namespace harness {

struct InitOptions {
  std::filesystem::path image;
  std::filesystem::path out;  // the scenario file; empty: beside the image, with its name
  std::string as;             // key of `image:` where the bytes do not tell it; or empty
  std::string arch;           // instead of what the bytes tell; or empty
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

struct ImportOptions {
  SuiteOptions suite;          // how what was written is run; its scenarios are not read
  std::filesystem::path file;  // unittests.cfg
  std::filesystem::path out;   // folder of the scenarios; empty: kvm-unit-tests
  std::string arch;            // that the tests were built for; empty: config.mak's, or x86_64
  std::string accel = "auto";
  std::vector<std::string> groups;  // empty: all but nodefault
  bool run = true;
};
/// Writes a scenario for each test of kvm-unit-tests that can run here, tells why the others
/// cannot, and runs them as a suite. Throws UsageError for mistakes in the file, each with its
/// line; Error (invalid_data) where nothing of it can run.
ExitStatus import_kvm_unit_tests(ImportOptions options);

}  // namespace harness
