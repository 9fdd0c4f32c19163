// A private folder for QEMU's temporary disk overlay.
#pragma once

#include <cstdint>
#include <filesystem>

#include "process/descriptor.h"

namespace harness {

/// QEMU unlinks its overlay (snapshot=on) soon after it has made it, but a boot that is ended in
/// between would leave the file. So it gets a folder of its own, removed with all that is in it. A
/// harness that is killed leaves its folder; the next one removes it. Each keeps its folder locked
/// (flock) while it lives, so what is not locked has no owner: process numbers would say nothing
/// where two containers share a folder.
class ScratchFolder {
 public:
  /// A new folder, mode 0700: in $TMPDIR if that is set; else in /dev/shm if twice `bytes` fit
  /// (QEMU syncs the overlay to disk several times while it starts, which is free there); else in
  /// /var/tmp, as QEMU does. Removes what killed harnesses of this user left there. Throws Error if
  /// it cannot be made.
  explicit ScratchFolder(std::uintmax_t bytes);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  FileDescriptor lock_;
};

}  // namespace harness
