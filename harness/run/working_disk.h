// A copy of an image that boots may change.
#pragma once

#include <filesystem>

#include "process/scratch_folder.h"

namespace harness {

/// The name of a working disk that is kept, in a report folder.
inline constexpr char kKeptDisk[] = "disk.img";

class WorkingDisk {
 public:
  /// Copies `image` into a private folder that goes away with this. Throws Error.
  explicit WorkingDisk(const std::filesystem::path& image);

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// Copies what it is now; makes the folder. Throws Error.
  void keep_as(const std::filesystem::path& file) const;

 private:
  ScratchFolder folder_;
  std::filesystem::path file_;
};

}  // namespace harness
