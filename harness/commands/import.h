// uniharness import: a suite for third-party unit tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/suite_run.h"

namespace harness {

struct ImportOptions {
  SuiteOptions suite;          // how what was written is run; its scenarios are not read
  std::filesystem::path file;  // unittests.cfg
  std::filesystem::path out;   // folder of the scenarios; empty: kvm-unit-tests
  std::string arch;            // that the tests were built for; empty: config.mak's, or x86_64
  std::string accel = "auto";
  std::vector<std::string> groups;  // empty: all but nodefault
  bool run = true;
};
/// Writes a scenario for each test of kvm-unit-tests that can run here, prints why the others
/// cannot, and runs them as a suite. Throws UsageError for mistakes in the file, each with its
/// line; Error (invalid_data) where nothing of it can run.
ExitStatus import_kvm_unit_tests(ImportOptions options);

}  // namespace harness
