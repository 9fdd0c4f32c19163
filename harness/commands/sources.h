// What a user may name as one side of a comparison, as numbers.
#pragma once

#include <string>
#include <vector>

#include "compare/measurements.h"

namespace harness {

/// A report folder; a folder of report folders; a record.json, a baseline or a Google Benchmark
/// file; REV:path, such a file as it is in a revision of the git repository of the working folder.
/// Never empty. Throws Error (ExitStatus::invalid_data) naming what is wrong with it, UsageError
/// where there is nothing of that name.
std::vector<Measurements> load_measurements(const std::string& source);

}  // namespace harness
