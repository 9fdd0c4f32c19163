// A copy of a disk that becomes one state after the other.
#pragma once

#include <filesystem>

#include "power_cuts/write_history.h"
#include "process/descriptor.h"
#include "run/working_disk.h"

namespace harness {

/// The content of one sector; zeros behind the end. Throws Error where it cannot be read.
std::string read_sector(const FileDescriptor& file, std::uint64_t sector);
/// Throws Error naming the file.
FileDescriptor open_disk(const std::filesystem::path& file, bool writable);

class CutDisk {
 public:
  /// Copies `before`, the disk that `history` began with. Throws Error.
  CutDisk(const std::filesystem::path& before, const WriteHistory& history);

  /// Makes it the disk with these contents. Only what differs from the last one is written.
  void become(const SectorContents& contents);
  [[nodiscard]] const WorkingDisk& disk() const { return disk_; }

 private:
  void write(std::uint64_t sector, const std::string& bytes);

  WorkingDisk disk_;
  const SectorContents& before_;
  FileDescriptor file_;
  SectorContents now_;
};

}  // namespace harness
