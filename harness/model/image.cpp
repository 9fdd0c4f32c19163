#include "model/image.h"

#include <system_error>

namespace harness {

namespace fs = std::filesystem;

fs::path Image::booted() const {
  for (const fs::path& file : {kernel, cdrom, disk}) {
    if (!file.empty()) return file;
  }
  if (!flash.empty()) return flash.front();
  std::error_code error;
  const fs::path bios = firmware;
  return fs::is_regular_file(bios, error) ? bios : fs::path();
}

}  // namespace harness
