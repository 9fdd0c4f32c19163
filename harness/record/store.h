// The report folder on disk: record.json, serial.log (boot 1), serial-N.log, and where captured
// screen.bin / screen-N.bin (raw VGA cells) and vga.png / vga-N.png. Of a boot that said more than
// is kept, serial.log is the beginning and serial-tail.log / serial-tail-N.log the end.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

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

/// Throws Error where files cannot be written into `folder`, which need not be there yet: to be
/// asked before the boots whose reports they are. Makes nothing. A disk that is full shows only
/// when it is written to.
void require_writable(const std::filesystem::path& folder);

struct NamedFile {
  std::string name;  // in the report folder
  std::string content;
};

/// Writes record.json, the raw files of each boot and the `reports` made of it; removes raw files
/// of boots that an earlier run left and this one does not have, and what killed writers left. The
/// folder is locked meanwhile (flock): with two runs into one folder, its files are those of the
/// one or of the other. Nothing waits for the disk, neither by fsync, which took 40 ms for the
/// files of a run, as long as a boot, nor by the flush that ext4 adds to a rename over a file: both
/// guard against a loss of power alone, after which a run can be made again. Throws Error; then,
/// unless the very replacing of files failed, the folder is as it was.
void save_record(const std::filesystem::path& folder, const RunRecord& record,
                 const std::vector<NamedFile>& reports = {});

/// Reads a folder that save_record wrote. Events are not read but folded again from the saved
/// bytes, and endings classified again; findings and verdict are those of the file until judge()
/// makes new ones. Throws Error (ExitStatus::invalid_data) naming the file and the key.
RunRecord load_record(const std::filesystem::path& folder);

}  // namespace harness
