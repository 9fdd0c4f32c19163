#include "machine/scratch_folder.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "base/error.h"

namespace harness {
namespace {

std::filesystem::path parent_for(std::uintmax_t bytes) {
  const char* chosen = getenv("TMPDIR");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  const std::filesystem::path memory = "/dev/shm";
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(memory, error);
  const bool fits = !error && bytes <= space.available / 2;
  return fits && access(memory.c_str(), W_OK) == 0 ? memory : "/var/tmp";
}

}  // namespace

ScratchFolder::ScratchFolder(std::uintmax_t bytes) {
  std::string name = parent_for(bytes) / "uniharness-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    throw Error("cannot make the folder " + name + ": " + strerror(errno),
                "set TMPDIR to a folder that can be written");
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace harness
