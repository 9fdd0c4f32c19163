// What a user may name as one side of a comparison, as numbers.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "compare/compare.h"
#include "compare/measurements.h"

namespace harness {

/// A report folder; a folder of report folders; a record.json, a baseline or a Google Benchmark
/// file; REV:path, such a file as it is in a revision of the git repository of the working folder.
/// Never empty. Throws Error (ExitStatus::invalid_data) naming what is wrong with it, UsageError
/// where there is nothing of that name.
std::vector<Measurements> load_measurements(const std::string& source);

/// BASE of a comparison with `candidate`: one source as above, or several runs as one side for each
/// scenario (compare/several_runs.h): more sources than one, the oldest first, or
/// "history:SCENARIO@N", the last N runs there that passed and were measured under the conditions
/// of the newest. A run of several that is one of `candidate` (is_same_run()) is left out. Throws
/// the same, and UsageError where a source is named twice.
std::vector<Measurements> load_base(const std::vector<std::string>& sources,
                                    const std::vector<Measurements>& candidate, const Rules& rules);

/// The last `count` runs of `scenario` in the history, without `candidate` itself, as one side.
/// nullopt where there is no history, it cannot be read, or it has no other run that passed.
std::optional<Measurements> runs_before(const std::string& scenario, std::size_t count,
                                        const Measurements& candidate, const Rules& rules);

/// `folder` itself where it is a report folder, else those below it, at any depth that reports
/// have, in the order of their names. Never empty. Throws Error (ExitStatus::invalid_data).
std::vector<std::filesystem::path> report_folders(const std::filesystem::path& folder);

}  // namespace harness
