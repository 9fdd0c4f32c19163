#include "base/copy_file.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "base/pending_file.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// Writes all of it, or throws.
void write_all(int fd, const char* bytes, std::size_t size, off_t at, const fs::path& file) {
  while (size > 0) {
    const ssize_t written = pwrite(fd, bytes, size, at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) cannot("write", file, errno);
    bytes += written;
    size -= static_cast<std::size_t>(written);
    at += written;
  }
}

/// The bytes from `at` to `end`.
void copy_range(int from, int to, off_t at, off_t end, const fs::path& source,
                const fs::path& copy) {
  std::vector<char> buffer(1 << 20);
  while (at < end) {
    const auto wanted = std::min<off_t>(end - at, static_cast<off_t>(buffer.size()));
    const ssize_t got = pread(from, buffer.data(), static_cast<std::size_t>(wanted), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) cannot("read", source, got < 0 ? errno : EIO);
    write_all(to, buffer.data(), static_cast<std::size_t>(got), at, copy);
    at += got;
  }
}

}  // namespace

void copy_sparse(const fs::path& from, const fs::path& to) {
  const OpenFile source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.get() < 0) cannot("read", from, errno);
  struct stat status{};
  if (fstat(source.get(), &status) != 0) cannot("read", from, errno);
  const OpenFile copy(::open(to.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (copy.get() < 0) cannot("write", to, errno);
  if (ioctl(copy.get(), FICLONE, source.get()) == 0) return;
  if (ftruncate(copy.get(), status.st_size) != 0) cannot("write", to, errno);
  for (off_t at = 0; at < status.st_size;) {
    const off_t data = lseek(source.get(), at, SEEK_DATA);
    if (data < 0) break;  // ENXIO: only a hole is left
    const off_t hole = lseek(source.get(), data, SEEK_HOLE);
    copy_range(source.get(), copy.get(), data, hole < 0 ? status.st_size : hole, from, to);
    at = hole < 0 ? status.st_size : hole;
  }
}

}  // namespace harness
