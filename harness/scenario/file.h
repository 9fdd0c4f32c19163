// A scenario file as bytes; and what stands in the place of one, told before it is read as YAML.
#pragma once

#include <filesystem>
#include <string>

namespace harness {

/// The text of the file, up to the bound of parse_yaml() and a byte more. Throws UsageError with
/// the next step where it is missing, unreadable, a folder, an image, or a file that this tool
/// wrote.
std::string scenario_text(const std::filesystem::path& file);

}  // namespace harness
