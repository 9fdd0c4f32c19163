#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/error.h"
#include "base/pending_file.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) { return std::generic_category().message(error); }

[[noreturn]] void invalid(const fs::path& file, const std::string& what) {
  throw Error(file.string() + ": " + what, "run the scenario again, or restore the file",
              ExitStatus::invalid_data);
}

}  // namespace

void write_atomically(const fs::path& file, std::string_view content) {
  const OpenFile folder = open_folder(file.parent_path());
  PendingFile(folder, file, content).commit(/*durable=*/true);
}

void write_named(const fs::path& file, std::string_view content) {
  std::error_code error;
  const fs::file_type type = fs::status(file, error).type();
  // /dev/stdout may be a file, and is open already: renamed over, all else that we say were lost.
  const bool is_open = file.string().starts_with("/dev/") || file.string().starts_with("/proc/");
  const bool into = type == fs::file_type::character || type == fs::file_type::block ||
                    type == fs::file_type::fifo || (is_open && type == fs::file_type::regular);
  if (!into) {
    fs::path target = file;
    if (fs::is_symlink(file, error)) {
      target = fs::canonical(file, error);
      if (error) target = file.parent_path() / fs::read_symlink(file, error);  // leads to nothing
    }
    write_atomically(target, content);
    return;
  }
  OpenFile opened(::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY));
  if (opened.get() < 0) cannot("open", file, errno);
  write_whole(opened, file, content);
  if (opened.close() != 0) cannot("write", file, errno);
}

std::string beginning_of(const std::filesystem::path& file, std::size_t size) {
  std::ifstream stream(file, std::ios::binary);
  std::string head(size, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(size));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

void require_writable(const fs::path& folder) {
  std::error_code error;
  fs::path there = fs::absolute(folder, error);
  while (::access(there.c_str(), F_OK) != 0 && errno == ENOENT && there.has_relative_path()) {
    there = there.parent_path();
  }
  if (::access((there / "").c_str(), W_OK | X_OK) != 0) cannot("write to", folder, errno);
}

std::string read_file(const fs::path& file, std::size_t limit) {
  // Without O_NONBLOCK, opening a pipe that nobody writes would wait for ever.
  const OpenFile fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) invalid(file, "cannot be read: " + reason_of(errno));
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) invalid(file, "is not a file");
  std::string content;
  // A file may grow meanwhile, and those of /proc have no size.
  if (status.st_size > 0)
    content.reserve(std::min(static_cast<std::size_t>(status.st_size), limit));
  char buffer[64 << 10];
  for (;;) {
    const ssize_t size = ::read(fd.get(), buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) invalid(file, "cannot be read: " + reason_of(errno));
    if (size == 0) return content;
    content.append(buffer, static_cast<std::size_t>(size));
    if (content.size() > limit) {
      invalid(file, "is larger than the limit of " + std::to_string(limit) + " bytes");
    }
  }
}

}  // namespace harness
