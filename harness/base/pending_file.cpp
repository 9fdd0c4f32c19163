#include "base/pending_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>
#include <vector>

#include "base/disk_full.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemporaryEnd = ".tmp";
// Writing a report takes milliseconds; who holds a folder longer is stopped, or on a dead disk.
constexpr auto kPatience = std::chrono::seconds(30);

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Whether PendingFile could have made `name`: ".FILE.PID-SERIAL.tmp".
bool is_temporary(std::string_view name) {
  if (!name.starts_with('.') || !name.ends_with(kTemporaryEnd)) return false;
  name.remove_suffix(kTemporaryEnd.size());
  const std::size_t dot = name.rfind('.'), dash = name.rfind('-');
  return dot > 0 && dash != name.npos && dash > dot &&
         is_number(name.substr(dot + 1, dash - dot - 1)) && is_number(name.substr(dash + 1));
}

}  // namespace

void cannot(const std::string& what, const fs::path& file, int error) {
  const std::string message =
      "cannot " + what + " " + file.string() + ": " + std::generic_category().message(error);
  if (error == ENOSPC || error == EDQUOT) {
    throw DiskFull(message, "make room on that disk, or name a folder on another one");
  }
  throw Error(message, "check that the folder may be written and that its disk has room");
}

void write_whole(const OpenFile& file, const fs::path& name, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) cannot("write", name, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

int OpenFile::close() { return fd_ < 0 ? 0 : ::close(std::exchange(fd_, -1)); }

OpenFile open_folder(const fs::path& folder) {
  const fs::path path = folder.empty() ? fs::path(".") : folder;
  std::error_code error;
  fs::create_directories(path, error);
  OpenFile opened(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0) cannot("open the folder", path, error ? error.value() : errno);
  return opened;
}

void lock_folder(const OpenFile& folder, const fs::path& name, FolderUse use) {
  const int lock = use == FolderUse::writing ? LOCK_EX : LOCK_SH;
  const auto give_up = std::chrono::steady_clock::now() + kPatience;
  while (::flock(folder.get(), lock | LOCK_NB) != 0) {
    // A file system that knows no locks: every file is still written whole.
    if (errno != EWOULDBLOCK && errno != EINTR) return;
    if (std::chrono::steady_clock::now() > give_up) {
      throw Error("another process keeps the folder " + name.string() + " locked",
                  "wait for it, or write somewhere else: --out FOLDER");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void remove_stale_temporaries(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (is_temporary(at->path().filename().string())) stale.push_back(at->path());
  }
  for (std::size_t i = 0; i < stale.size() && !error; ++i) fs::remove(stale[i], error);
  if (error) cannot("tidy up", folder, error.value());
}

PendingFile::PendingFile(const OpenFile& folder, fs::path file, std::string_view content)
    : folder_(&folder), file_(std::move(file)) {
  fill([&](const OpenFile& temporary) { write_whole(temporary, file_, content); });
}

PendingFile::PendingFile(const OpenFile& folder, fs::path file, const WriteText& content)
    : folder_(&folder), file_(std::move(file)) {
  constexpr std::size_t kBufferBytes = 64 << 10;
  fill([&](const OpenFile& temporary) {
    std::string buffer;
    content([&](std::string_view piece) {
      buffer += piece;
      if (buffer.size() < kBufferBytes) return;
      write_whole(temporary, file_, buffer);
      buffer.clear();
    });
    write_whole(temporary, file_, buffer);
  });
}

template <class Write>
void PendingFile::fill(Write write) {
  OpenFile temporary = create();
  try {
    write(temporary);
    if (temporary.close() != 0) cannot("write", file_, errno);
  } catch (...) {
    discard();
    throw;
  }
}

void PendingFile::commit(bool durable) {
  const int folder = folder_->get();
  const std::string name = file_.filename().string();
  struct stat old{};
  if (!durable && ::fstatat(folder, name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISREG(old.st_mode) &&
      ::renameat2(folder, temporary_.c_str(), folder, name.c_str(), RENAME_EXCHANGE) == 0) {
    discard();  // the temporary has become the old file
    return;
  }
  if (::renameat(folder, temporary_.c_str(), folder, name.c_str()) != 0) {
    cannot("replace", file_, errno);
  }
  temporary_.clear();
}

OpenFile PendingFile::create() {
  static std::atomic<unsigned> serial{0};
  for (;;) {
    temporary_ = "." + file_.filename().string() + "." + std::to_string(::getpid()) + "-" +
                 std::to_string(serial++) + std::string(kTemporaryEnd);
    // O_EXCL follows no link, not even one that leads nowhere.
    const int fd = ::openat(folder_->get(), temporary_.c_str(),
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd >= 0) return OpenFile(fd);
    if (errno == EEXIST) continue;  // left by a process of the same number that was killed
    const int error = errno;
    temporary_.clear();
    cannot("write", file_, error);
  }
}

void PendingFile::discard() {
  if (!temporary_.empty()) ::unlinkat(folder_->get(), temporary_.c_str(), 0);
  temporary_.clear();
}

}  // namespace harness
