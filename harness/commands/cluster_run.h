// uniharness run --on ENGINE: a suite that the machines of a cluster run.
#pragma once

#include <string>
#include <vector>

#include "session/suite_options.h"

namespace harness {

struct ClusterOptions {
  SuiteOptions suite;              // `jobs`: tasks at a time; `resume`: follow what is there
  std::string engine;              // a row of cluster/driver.cpp
  std::vector<std::string> words;  // for the engine's submitting program
};

/// Makes the plan and builds (or takes suite.plan, or what lies in suite.resume), hands the parts
/// in as array jobs, waits for their results and merges them into the suite's folder. Returns the
/// exit status of the suite: harness_error where an instance was lost. On Ctrl-C the jobs are
/// cancelled, what has come is merged, and the status is `interrupted`. Throws Error.
ExitStatus run_on_cluster(const ClusterOptions& options);

}  // namespace harness
