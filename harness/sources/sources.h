// What a user may name as one side of a comparison, as numbers.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compare/measurements.h"

namespace harness {

/// A report folder; a folder of report folders; a record.json, a baseline or a Google Benchmark
/// file; REV:path, such a file as it is in a revision of the git repository of the working folder.
/// Never empty. Throws Error (ExitStatus::invalid_data) naming what is wrong with it, UsageError
/// where there is nothing of that name.
std::vector<Measurements> load_measurements(const std::string& source);

/// `folder` itself where it is a report folder, else those below it, at any depth that reports
/// have, in the order of their names. Never empty. Throws Error (ExitStatus::invalid_data).
std::vector<std::filesystem::path> report_folders(const std::filesystem::path& folder);

}  // namespace harness
