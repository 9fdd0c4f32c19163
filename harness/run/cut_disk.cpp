#include "run/cut_disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/pending_file.h"

namespace harness {

FileDescriptor open_disk(const std::filesystem::path& file, bool writable) {
  FileDescriptor disk(::open(file.c_str(), (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC));
  if (!disk.is_open()) cannot("open", file, errno);
  return disk;
}

std::string read_sector(const FileDescriptor& file, std::uint64_t sector) {
  std::string bytes(kSectorBytes, '\0');
  if (pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(sector * kSectorBytes)) <
      0) {
    cannot("read", "a disk", errno);
  }
  return bytes;
}

CutDisk::CutDisk(const std::filesystem::path& before, const WriteHistory& history)
    : disk_(before), before_(history.before()), file_(open_disk(disk_.file(), true)) {}

void CutDisk::become(const SectorContents& contents) {
  for (const auto& [sector, bytes] : now_) {
    if (!contents.contains(sector)) write(sector, before_.at(sector));
  }
  for (const auto& [sector, bytes] : contents) {
    const auto at = now_.find(sector);
    if (at == now_.end() || at->second != bytes) write(sector, bytes);
  }
  now_ = contents;
}

void CutDisk::write(std::uint64_t sector, const std::string& bytes) {
  const auto at = static_cast<off_t>(sector * kSectorBytes);
  if (pwrite(file_.get(), bytes.data(), bytes.size(), at) != static_cast<ssize_t>(bytes.size())) {
    cannot("write", disk_.file(), errno == 0 ? EIO : errno);
  }
}

}  // namespace harness
