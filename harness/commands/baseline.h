#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/reported_run.h"

namespace harness {

struct BaselineOptions {
  std::string subject;  // a scenario file, which is run; or a report, as load_measurements takes it
  std::filesystem::path baseline;
  std::string why;
  RunOptions run;                     // how a scenario is run
  std::vector<std::string> patterns;  // choose one instance of a matrix
};
/// Writes the numbers of a run that passed to the baseline file, with the reason and with what
/// changed. Throws UsageError and Error.
ExitStatus accept_baseline(const BaselineOptions& options);

/// Prints the numbers of a baseline file and their history. Throws Error.
ExitStatus show_baseline(const std::filesystem::path& file);

}  // namespace harness
