#pragma once

#include <filesystem>
#include <optional>

#include "base/error.h"
#include "commands/commands.h"
#include "commands/compare.h"

namespace harness {

struct GateOptions {
  RunOptions run;
  std::filesystem::path baseline;
  ComparisonOptions comparison;
};
/// Runs the scenario, and compares its numbers with the baseline if it passed; else its own result
/// is printed and its own status returned. report.html of the run gets the comparison as a section.
/// Throws UsageError and Error.
ExitStatus gate(const GateOptions& options);

/// Runs the scenario as `run` does, with its result printed only where it did not pass. The record
/// is in its report folder. `options.output.out`, where empty, is set to that folder.
ExitStatus run_quietly(RunOptions& options);

}  // namespace harness
