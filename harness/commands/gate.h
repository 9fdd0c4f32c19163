#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "commands/commands.h"
#include "commands/compare.h"
#include "record/record.h"

namespace harness {

struct GateOptions {
  RunOptions run;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  std::filesystem::path baseline;
  ComparisonOptions comparison;
};
/// Runs the scenario, and compares its numbers with the baseline if it passed; else its own result
/// is printed (with --json as a comparison without numbers, with --markdown as the report of the
/// run) and its own status returned. report.html of the run gets the comparison as a section,
/// junit.xml what failed of it as test cases. Throws UsageError and Error.
ExitStatus gate(const GateOptions& options);

/// Runs the one instance of the scenario that `patterns` choose, as `run` does, and prints nothing.
/// The record is in its report folder. `options.output.out`, where empty, is set to that folder.
ExitStatus run_quietly(RunOptions& options, std::span<const std::string> patterns);

/// The record of such a run on the terminal, as `run` would have printed it.
void print_result_of(const RunRecord& record, const RunOptions& options);

}  // namespace harness
