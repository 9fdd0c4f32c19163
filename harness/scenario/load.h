// Loading a scenario: text to a validated Scenario. All mistakes of a file are reported together,
// each with file:line:column, the key, the nearest known key, what is accepted and the next step.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace harness {

/// Reads and parses a file. Throws UsageError where it cannot be read, is too large, or for its
/// mistakes.
Scenario load_scenario(const std::filesystem::path& file);

/// Parses the text of a scenario; `name` is its file's name in messages and in Scenario::file.
/// Pure. Throws UsageError with all mistakes. Any bytes.
Scenario parse_scenario(std::string_view text, std::string name);

}  // namespace harness
