// The verdict in a record.json, without reading all of it: it stands near its beginning.
#pragma once

#include <filesystem>
#include <optional>

#include "model/record.h"

namespace harness {

/// nullopt where the file is none, or says no verdict. Any bytes.
std::optional<Verdict> verdict_in_record(const std::filesystem::path& file);

}  // namespace harness
