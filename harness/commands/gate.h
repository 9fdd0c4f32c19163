#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/record.h"
#include "output/comparison_output.h"
#include "session/reported_run.h"

namespace harness {

struct GateOptions {
  RunOptions run;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  std::filesystem::path baseline;     // a file, or "history:SCENARIO@N", the last N runs there
  ComparisonOptions comparison;
};
/// Runs the scenario, and compares its numbers with the baseline if it passed; else its own result
/// is printed (with --json as a comparison without numbers, with --markdown as the report of the
/// run) and its own status returned. Against a file nothing by host time is an alarm; against runs
/// of the history it is, unless the machine is busy now. report.html of the run gets the comparison
/// as a section, junit.xml what failed of it as test cases. By host time it boots as often as the
/// numbers need (enough_boots.h) unless run.boots says how often; with run.output.quiet only the
/// verdict is printed. Throws UsageError and Error.
ExitStatus gate(const GateOptions& options);

}  // namespace harness
