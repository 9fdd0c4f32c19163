#pragma once

#include <filesystem>
#include <string>

namespace harness {

/// SHA-256 of a file as 64 lower-case hexadecimal digits. Throws Error if it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace harness
