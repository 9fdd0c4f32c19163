#include "record/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <set>
#include <system_error>
#include <utility>

#include "record/codec.h"
#include "record/verdict.h"
#include "stream/stream.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) { return std::generic_category().message(error); }

[[noreturn]] void cannot(const std::string& what, const fs::path& file, int error) {
  throw Error("cannot " + what + " " + file.string() + ": " + reason_of(error),
              "check that the folder may be written and that its disk has room");
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  /// 0, or -1 with errno: some file systems tell only now that the disk was full.
  int close() { return fd_ < 0 ? 0 : ::close(std::exchange(fd_, -1)); }

 private:
  int fd_;
};

Descriptor open_folder(const fs::path& folder) {
  const fs::path path = folder.empty() ? fs::path(".") : folder;
  std::error_code error;
  fs::create_directories(path, error);
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) cannot("open the folder", path, error ? error.value() : errno);
  return fd;
}

/// A file of a folder in two steps: the constructor writes a temporary beside it, commit() puts it
/// in place. Not committed, it leaves nothing. A link in its place is replaced, never followed.
class PendingFile {
 public:
  PendingFile(const Descriptor& folder, fs::path file, std::string_view content)
      : folder_(&folder), file_(std::move(file)) {
    Descriptor fd = create();
    try {
      fill(fd, content);
      if (fd.close() != 0) cannot("write", file_, errno);
    } catch (...) {
      discard();
      throw;
    }
  }
  ~PendingFile() { discard(); }
  PendingFile(PendingFile&& other) noexcept
      : folder_(other.folder_),
        file_(std::move(other.file_)),
        temporary_(std::exchange(other.temporary_, {})) {}
  PendingFile& operator=(PendingFile&&) = delete;

  void commit() {
    const int folder = folder_->get();
    if (::renameat(folder, temporary_.c_str(), folder, file_.filename().c_str()) != 0) {
      cannot("replace", file_, errno);
    }
    temporary_.clear();
  }

 private:
  Descriptor create() {
    static std::atomic<unsigned> serial{0};
    for (;;) {
      temporary_ = "." + file_.filename().string() + "." + std::to_string(::getpid()) + "-" +
                   std::to_string(serial++) + ".tmp";
      // O_EXCL follows no link, not even one that leads nowhere.
      const int fd = ::openat(folder_->get(), temporary_.c_str(),
                              O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
      if (fd >= 0) return Descriptor(fd);
      if (errno == EEXIST) continue;  // left by a process of the same number that was killed
      const int error = errno;
      temporary_.clear();
      cannot("write", file_, error);
    }
  }

  void fill(const Descriptor& fd, std::string_view content) const {
    while (!content.empty()) {
      const ssize_t written = ::write(fd.get(), content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) cannot("write", file_, errno);
      content.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  void discard() {
    if (!temporary_.empty()) ::unlinkat(folder_->get(), temporary_.c_str(), 0);
    temporary_.clear();
  }

  const Descriptor* folder_;
  fs::path file_;
  std::string temporary_;
};

constexpr char kRecordFile[] = "record.json";

/// A raw file of a boot: its name without and with a number.
struct RawName {
  const char* stem;
  const char* extension;
  [[nodiscard]] std::string of_boot(std::size_t position) const {
    return stem + (position == 0 ? "" : "-" + std::to_string(position + 1)) + extension;
  }
  /// Whether of_boot() could have made `name`.
  [[nodiscard]] bool matches(std::string_view name) const {
    if (!name.starts_with(stem) || !name.ends_with(extension)) return false;
    std::string_view number = name;
    number.remove_prefix(std::string_view(stem).size());
    if (number.size() < std::string_view(extension).size()) return false;
    number.remove_suffix(std::string_view(extension).size());
    if (number.empty()) return true;
    return number.starts_with('-') && number.size() > 1 &&
           number.find_first_not_of("0123456789", 1) == std::string_view::npos;
  }
};
constexpr RawName kSerial = {"serial", ".log"};
constexpr RawName kScreen = {"screen", ".bin"};
constexpr RawName kScreenshot = {"vga", ".png"};

void remove_raw_files_but(const std::set<std::string>& kept, const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool raw = kSerial.matches(name) || kScreen.matches(name) || kScreenshot.matches(name);
    if (raw && !kept.contains(name)) stale.push_back(at->path());
  }
  for (std::size_t i = 0; i < stale.size() && !error; ++i) fs::remove(stale[i], error);
  if (error) cannot("tidy up", folder, error.value());
}

[[noreturn]] void invalid(const fs::path& file, const std::string& what) {
  throw Error(file.string() + ": " + what, "run the scenario again, or restore the file",
              ExitStatus::invalid_data);
}

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error);
}

std::string read_if_there(const fs::path& file) {
  return is_there(file) ? read_file(file) : std::string();
}

}  // namespace

void write_atomically(const fs::path& file, std::string_view content) {
  const Descriptor folder = open_folder(file.parent_path());
  PendingFile(folder, file, content).commit();
}

std::string read_file(const fs::path& file, std::size_t limit) {
  // Without O_NONBLOCK, opening a pipe that nobody writes would wait for ever.
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) invalid(file, "cannot be read: " + reason_of(errno));
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) invalid(file, "is not a file");
  std::string content;
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

void save_record(const fs::path& path, const RunRecord& record) {
  const Descriptor folder = open_folder(path);
  // All that can fail for want of room happens before the first file is replaced.
  std::vector<PendingFile> pending;
  std::set<std::string> kept;
  const auto prepare = [&](const std::string& name, std::string_view content) {
    pending.emplace_back(folder, path / name, content);
    kept.insert(name);
  };
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    const Trace& trace = record.boots[i].trace;
    prepare(kSerial.of_boot(i), trace.serial);
    if (!trace.screen.empty()) {
      prepare(kScreen.of_boot(i), std::string(trace.screen.begin(), trace.screen.end()));
    }
    if (!trace.screenshot.empty()) prepare(kScreenshot.of_boot(i), trace.screenshot);
  }
  prepare(kRecordFile, record_to_json(record));

  for (PendingFile& file : pending) file.commit();
  remove_raw_files_but(kept, path);
}

RunRecord load_record(const fs::path& folder) {
  const fs::path file = folder / kRecordFile;
  if (!is_there(file)) invalid(folder, "is not a report folder: it has no record.json");
  RunRecord record = record_from_json(read_file(file), file.string());
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    BootRecord& boot = record.boots[i];
    boot.trace.serial = read_file(folder / kSerial.of_boot(i));
    boot.trace.screenshot = read_if_there(folder / kScreenshot.of_boot(i));
    const fs::path screen = folder / kScreen.of_boot(i);
    const std::string cells = read_if_there(screen);
    if (!cells.empty() && cells.size() != kScreenBytes) {
      invalid(screen, "is not a screen of " + std::to_string(kScreenBytes) + " bytes");
    }
    boot.trace.screen.assign(cells.begin(), cells.end());
    boot.events = fold(boot.trace.serial, boot.trace.marks);
    boot.ending = classify(boot.trace, boot.events);
  }
  return record;
}

}  // namespace harness
