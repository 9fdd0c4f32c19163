#include "process/scratch_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/error.h"

namespace harness {
namespace {

constexpr std::string_view kPrefix = "uniharness-scratch-";

std::filesystem::path parent_for(std::uintmax_t bytes) {
  const char* chosen = getenv("TMPDIR");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  const std::filesystem::path memory = "/dev/shm";
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(memory, error);
  const bool fits = !error && bytes <= space.available / 2;
  return fits && access(memory.c_str(), W_OK) == 0 ? memory : "/var/tmp";
}

enum class Lock { gained, refused, unknown };

FileDescriptor opened_folder(const std::filesystem::path& folder) {
  return FileDescriptor(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

/// `unknown` on a file system without locks.
Lock lock(const FileDescriptor& folder) {
  if (flock(folder.get(), LOCK_EX | LOCK_NB) == 0) return Lock::gained;
  return errno == EWOULDBLOCK ? Lock::refused : Lock::unknown;
}

/// The descriptor and the name still mean the same folder, and it is ours.
bool is_ours(const FileDescriptor& opened, const std::filesystem::path& folder) {
  struct stat by_descriptor = {}, by_name = {};
  return opened.is_open() && fstat(opened.get(), &by_descriptor) == 0 &&
         lstat(folder.c_str(), &by_name) == 0 && by_descriptor.st_ino == by_name.st_ino &&
         by_descriptor.st_dev == by_name.st_dev && by_descriptor.st_uid == geteuid();
}

void remove_folders_without_owner(const std::filesystem::path& parent) {
  std::error_code ignored;
  std::vector<std::filesystem::path> found;
  for (std::filesystem::directory_iterator at(parent, ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    if (at->path().filename().string().starts_with(kPrefix)) found.push_back(at->path());
  }
  for (const std::filesystem::path& folder : found) {
    const FileDescriptor opened = opened_folder(folder);
    if (!is_ours(opened, folder) || lock(opened) != Lock::gained) continue;
    std::filesystem::remove_all(folder, ignored);
  }
}

}  // namespace

ScratchFolder::ScratchFolder(std::uintmax_t bytes) {
  const std::filesystem::path parent = parent_for(bytes);
  remove_folders_without_owner(parent);
  do {
    std::string name = parent / (std::string(kPrefix) + "XXXXXX");
    if (mkdtemp(name.data()) == nullptr) {
      throw Error("cannot make the folder " + name + ": " + strerror(errno),
                  "set TMPDIR to a folder that can be written");
    }
    path_ = name;
    lock_ = opened_folder(path_);
    // Again, where another harness took it for abandoned before it was locked.
  } while (lock(lock_) == Lock::refused || !is_ours(lock_, path_));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace harness
