// Which functions moved since a baseline, by counts that `baseline accept` keeps beside it: a gate
// finds one instruction more, and this is where it is.
#pragma once

#include <filesystem>
#include <string>

#include "baseline/baseline.h"
#include "compare/compare.h"
#include "session/reported_run.h"

namespace harness {

/// "session20.functions.json" beside "session20.json".
std::filesystem::path functions_file(const std::filesystem::path& baseline);

/// Whether counts of this very baseline are there.
bool has_functions(const std::filesystem::path& file, const Baseline& baseline);

/// Boots the scenario, which has been built, once more with the profiler and writes what each
/// function executed to functions_file(). Returns why that cannot be (by host time, without symbols
/// or a profiler, a guest that does not pass), and then no file of earlier numbers is left; else
/// empty. Throws Error after Ctrl-C and where the file cannot be written.
std::string keep_functions(const Scenario& scenario, const RunOptions& options,
                           const std::filesystem::path& file, const Baseline& baseline);

/// The same boot held against what was kept: which functions moved, causes first, a few of them,
/// each with its place in the source; or a note that says why that is not known. Nothing where
/// nothing was kept. Throws Error after Ctrl-C.
void add_moved_functions(Comparison& comparison, const Scenario& scenario,
                         const RunOptions& options, const std::filesystem::path& file,
                         const Baseline& baseline);

}  // namespace harness
