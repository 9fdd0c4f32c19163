// Reading and writing whole files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace harness {

/// Writes a file so that a reader sees the old content or the new, never a part: a temporary in
/// the same folder, then rename. A link in its place is replaced, not followed. Creates folders.
/// Throws Error. There is no fsync.
void write_atomically(const std::filesystem::path& file, std::string_view content);
/// A file that a user named, with --markdown, say: as write_atomically() where it is a file or not
/// there. What a link leads to is written, not the link; a device or a pipe (/dev/stdout) is
/// written into and stays what it is. Throws Error.
void write_named(const std::filesystem::path& file, std::string_view content);
/// A whole file, at most `limit` bytes; no folder, pipe or device. Throws Error
/// (ExitStatus::invalid_data) naming the file, and the limit where it is larger.
std::string read_file(const std::filesystem::path& file, std::size_t limit = 256u << 20);

/// The first bytes of a file, at most `size`; fewer where it ends, or cannot be read.
std::string beginning_of(const std::filesystem::path& file, std::size_t size);

/// Throws Error where files cannot be written into `folder`, which need not be there yet: to be
/// asked before the boots whose reports they are. Makes nothing. A disk that is full shows only
/// when it is written to.
void require_writable(const std::filesystem::path& folder);

}  // namespace harness
