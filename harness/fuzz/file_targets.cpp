// Readers that take a path get a file in memory.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "base/error.h"
#include "build/image.h"
#include "build/sizes.h"
#include "fuzz/fuzz.h"
#include "fuzz/require.h"

namespace harness::fuzz {
namespace {

/// A file that is in no folder. One is kept for all inputs: making one costs more than a run.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("fuzz", MFD_CLOEXEC)) {
    require(descriptor_ >= 0, "a file in memory can be made");
    path_ = "/proc/self/fd/" + std::to_string(descriptor_);
  }
  const std::filesystem::path& holding(std::string_view bytes) {
    const auto size = static_cast<off_t>(bytes.size());
    require(ftruncate(descriptor_, size) == 0, "the file can be cut");
    require(pwrite(descriptor_, bytes.data(), bytes.size(), 0) == size, "the file can be written");
    return path_;
  }

 private:
  int descriptor_;
  std::filesystem::path path_;
};

MemoryFile& memory_file() {
  static MemoryFile file;
  return file;
}

}  // namespace

int fuzz_elf(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path& file = memory_file().holding(view(data, size));
  try {
    section_bytes(file);
  } catch (const Error& error) {
    require(std::string_view(error.what()).find(file.string()) != std::string_view::npos,
            "the error names the file");
  }
  return 0;
}

int fuzz_manifest(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path& file = memory_file().holding(view(data, size));
  try {
    read_manifest(file);
  } catch (const Error& error) {
    require(std::string_view(error.what()).find(file.string()) != std::string_view::npos,
            "the error names the file");
  }
  return 0;
}

}  // namespace harness::fuzz
