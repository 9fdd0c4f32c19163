// What a suite is asked to do.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "session/reported_run.h"

namespace harness {

/// A case that is not run here; in the summary of a suite it is a skip with its reason.
struct SkippedCase {
  std::string name, source, reason;
};

struct SuiteOptions {
  RunOptions run;                      // for each instance; `out` is the folder of all reports
  std::vector<std::string> scenarios;  // files, globs, folders
  std::vector<std::string> patterns;   // choose instances by name
  std::string shard;                   // "2/5", or empty
  std::filesystem::path times;         // summary.json by which shards are balanced, or empty
  std::filesystem::path quarantine;    // list of known failures, or empty
  unsigned jobs = 0;                   // instances at a time; 0: one a processor
  unsigned retries = 0;
  bool fail_fast = false;
  bool allow_flaky = false;
  bool list = false;  // print the names and stop
  std::vector<SkippedCase> skipped = {};

  std::filesystem::path plan;    // run this plan, not `scenarios`; or empty
  std::string part;              // of the plan: "2/5" or "2", or empty
  std::filesystem::path chosen;  // a file with the names of the instances to run, or empty
  std::filesystem::path resume;  // go on with the suite of this folder; or empty
};

/// The folder of all reports: `out`, or reports.
std::filesystem::path root_folder(const SuiteOptions& options);
/// How many instances run at a time: `jobs`, or one a processor.
unsigned jobs_of(const SuiteOptions& options);

}  // namespace harness
