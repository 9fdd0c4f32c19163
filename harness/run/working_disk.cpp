#include "run/working_disk.h"

#include <system_error>

#include "base/copy_file.h"

namespace harness {
namespace {

std::uintmax_t bytes_of(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  return error ? 0 : size;  // the copy says what is wrong
}

}  // namespace

WorkingDisk::WorkingDisk(const std::filesystem::path& image)
    : folder_(bytes_of(image)), file_(folder_.path() / "disk.img") {
  copy_sparse(image, file_);
}

void WorkingDisk::keep_as(const std::filesystem::path& file) const {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::filesystem::remove(file, error);  // it may be a link to the disk of another folder
  copy_sparse(file_, file);              // says why, where there is no folder
}

}  // namespace harness
