// The first line of a scenario that is written for the user: by it an editor that speaks to
// yaml-language-server completes the keys and marks mistakes.
#pragma once

#include <filesystem>
#include <string>

namespace harness::onboarding {

/// "# yaml-language-server: $schema=PREFIX/share/uniharness/scenario.schema.json\n", where that
/// file was installed with the program at `program`. Empty where it was not, or where white space
/// in the path would end it too early.
std::string schema_line(const std::filesystem::path& program);
/// The same of this program.
std::string schema_line();

}  // namespace harness::onboarding
