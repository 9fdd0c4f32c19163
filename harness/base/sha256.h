#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace harness {

/// SHA-256 of these bytes as 64 lower-case hexadecimal digits.
std::string sha256_of(std::string_view bytes);
/// SHA-256 of a file as 64 lower-case hexadecimal digits. Throws Error if it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

/// SHA-256 of these bytes, as its 32 bytes.
std::string sha256_bytes_of(std::string_view bytes);

}  // namespace harness
