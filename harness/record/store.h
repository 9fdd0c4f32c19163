// The report folder on disk: record.json, serial.log (boot 1), serial-N.log, vga.png, and
// screen.bin / screen-N.bin (raw VGA cells) where captured.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "record/record.h"

namespace harness {

/// Writes a file so that a reader sees the old content or the new, never a part: a temporary in
/// the same folder, fsync, rename. Creates folders. Throws Error.
void write_atomically(const std::filesystem::path& file, std::string_view content);
/// A whole file, at most `limit` bytes. Throws Error naming the file and the limit.
std::string read_file(const std::filesystem::path& file, std::size_t limit = 256u << 20);

/// Writes record.json and the raw files of each boot; removes raw files of boots that an earlier
/// run left and this one does not have. Throws Error.
void save_record(const std::filesystem::path& folder, const RunRecord& record);

/// Reads a folder that save_record wrote. Events are not read but folded again from the saved
/// bytes, and endings classified again; findings and verdict are left for judge(). Throws Error.
RunRecord load_record(const std::filesystem::path& folder);

}  // namespace harness
