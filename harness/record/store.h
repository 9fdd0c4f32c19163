// The report folder on disk: record.json, serial.log (boot 1), serial-N.log, and where captured
// screen.bin / screen-N.bin (raw VGA cells) and vga.png / vga-N.png. Of a boot that said more than
// is kept, serial.log is the beginning and serial-tail.log / serial-tail-N.log the end.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/pieces.h"
#include "model/record.h"

namespace harness {

struct NamedFile {
  std::string name;   // in the report folder
  WriteText content;  // called once, when its turn to be written comes
};

/// Writes record.json, the raw files of each boot and the `reports` made of it; removes raw files
/// of boots that an earlier run left and this one does not have, and what killed writers left. The
/// folder is locked meanwhile (flock): with two runs into one folder, its files are those of the
/// one or of the other. Files are made one after the other, and none is kept in memory. Nothing
/// waits for the disk, neither by fsync, which took 40 ms for the files of a run, as long as a
/// boot, nor by the flush that ext4 adds to a rename over a file: both guard against a loss of
/// power alone, after which a run can be made again. Throws Error; then, unless the very replacing
/// of files failed, the folder is as it was.
void save_record(const std::filesystem::path& folder, const RunRecord& record,
                 const std::vector<NamedFile>& reports = {});

/// Reads a folder that save_record wrote. Events are not read but collected again from the saved
/// bytes, and endings classified again; findings and verdict are those of the file until judge()
/// makes new ones. Throws Error (ExitStatus::invalid_data) naming the file and the key.
RunRecord load_record(const std::filesystem::path& folder);

}  // namespace harness
