// Which instances a suite has: files from the words of the command line, instances from files, and
// the choice among them.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suite/suite.h"

namespace harness {

/// Scenario files that these words mean, each once, in the order of the words: a file, a glob
/// (sorted; for shells that did not expand it, or were not let), or a folder (its *.yaml, sorted).
/// Of several, those that are comparisons (scenario/comparison_plan.h) are left out. Throws
/// UsageError for a word that means none.
std::vector<std::filesystem::path> scenario_files(std::span<const std::string> words);

/// Loads all of them. Throws one UsageError with the mistakes of all files, and for two scenarios
/// of one name, which would write to one folder.
std::vector<Scenario> load_all(std::span<const std::filesystem::path> files);

/// The one instance of a scenario file that these -k patterns choose. Throws UsageError where they
/// choose none or several.
Scenario the_instance(const std::string& file, std::span<const std::string> patterns);

/// Whether `pattern` means this name: with * (any text) or ? (any character) all of it must match,
/// otherwise the pattern must be a part of it. A '[' is an ordinary character: names have them.
bool matches(std::string_view pattern, std::string_view name);

/// Whether -k patterns choose this name: one of those without a leading '!' matches, or there are
/// none; and none of those with it.
bool chosen(std::span<const std::string> patterns, std::string_view name);

}  // namespace harness
