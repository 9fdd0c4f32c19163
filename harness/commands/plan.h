// uniharness plan: what a suite is to run, frozen in a file that any number of machines work from.
#pragma once

#include <cstddef>
#include <filesystem>

#include "session/suite_options.h"

namespace harness {

struct PlanOptions {
  SuiteOptions suite;  // scenarios, -k, --times, --quarantine, --retry, ...
  std::filesystem::path out = "plan.json";
  std::size_t parts = 0;        // in how many it is to be run; 0: not said
  std::filesystem::path check;  // only say what has changed since this plan; or empty
};
/// Builds once and writes the plan, or says what has changed since one was written: pass for
/// nothing, else invalid_data. Throws Error.
ExitStatus plan(const PlanOptions& options);

}  // namespace harness
