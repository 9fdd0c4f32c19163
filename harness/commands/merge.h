// uniharness merge: the results of many machines become those of one suite.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "output/finish.h"

namespace harness {

struct MergeOptions {
  std::vector<std::filesystem::path> folders;  // of the parts
  std::filesystem::path plan;
  OutputOptions output;  // `out`: a folder that is new, empty or of an earlier merge of this plan
  std::vector<std::string> notes = {};  // that the summary is to tell
  bool stopped = false;                 // by Ctrl-C: the status is `interrupted`
};
/// Reads every result.json below the folders, puts the reports that count into `out` (linked, or
/// copied to another file system) and writes junit.xml, summary.json and summary.md as one machine
/// would have. Returns its exit status: harness_error where an instance was lost. Throws Error.
ExitStatus merge(const MergeOptions& options);

}  // namespace harness
