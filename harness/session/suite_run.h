// A suite: many instances, one build before, several boots at a time, one summary after.
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
};
/// One plain scenario file, and nothing asked that only a suite has: run_loaded(). Everything else
/// is a suite, with a report of its own beside those of its instances.
ExitStatus run_suite(const SuiteOptions& options);

}  // namespace harness
