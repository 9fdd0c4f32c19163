// Loading a scenario: text to a validated Scenario. All mistakes of a file are reported together,
// each with file:line:column, the key, the nearest known key, what is accepted and the next step.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"

namespace harness {

/// Reads and parses a file: every instance that its matrix makes, in the order of the file, named
/// "boot[model=q35]"; without a matrix the scenario alone. Never empty. Throws UsageError where the
/// file cannot be read, is too large, or for its mistakes.
std::vector<Scenario> load_scenarios(const std::filesystem::path& file);
/// The same where one instance is expected: throws UsageError, too, for a matrix that makes
/// several.
Scenario load_scenario(const std::filesystem::path& file);

/// Parses the text of a scenario; `name` is its file's name in messages and in Scenario::file.
/// Pure. Throws UsageError with all mistakes. Any bytes.
std::vector<Scenario> parse_scenarios(std::string_view text, const std::string& name);
Scenario parse_scenario(std::string_view text, const std::string& name);

}  // namespace harness
