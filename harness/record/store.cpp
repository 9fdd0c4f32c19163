#include "record/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <system_error>

#include "record/codec.h"
#include "record/store_folder.h"
#include "record/verdict.h"
#include "stream/stream.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) { return std::generic_category().message(error); }

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
constexpr RawName kSerialTail = {"serial-tail", ".log"};  // where the middle was left out
constexpr RawName kScreen = {"screen", ".bin"};
constexpr RawName kScreenshot = {"vga", ".png"};

void remove_raw_files_but(const std::set<std::string>& kept, const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool raw = kSerial.matches(name) || kSerialTail.matches(name) || kScreen.matches(name) ||
                     kScreenshot.matches(name);
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

void save_record(const fs::path& path, const RunRecord& record,
                 const std::vector<NamedFile>& reports) {
  const OpenFile folder = open_folder(path);
  lock_folder(folder, path, FolderUse::writing);
  remove_stale_temporaries(path);
  // All that can fail for want of room happens before the first file is replaced.
  std::vector<PendingFile> pending;
  std::set<std::string> kept;
  const auto prepare = [&](const std::string& name, std::string_view content) {
    pending.emplace_back(folder, path / name, content);
    kept.insert(name);
  };
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    const Trace& trace = record.boots[i].trace;
    const std::string_view serial = trace.serial;
    const std::size_t head = trace.left_out > 0 ? trace.left_out_at : serial.size();
    prepare(kSerial.of_boot(i), serial.substr(0, head));
    if (trace.left_out > 0) prepare(kSerialTail.of_boot(i), serial.substr(head));
    if (!trace.screen.empty()) {
      prepare(kScreen.of_boot(i), std::string(trace.screen.begin(), trace.screen.end()));
    }
    if (!trace.screenshot.empty()) prepare(kScreenshot.of_boot(i), trace.screenshot);
  }
  for (const NamedFile& report : reports) prepare(report.name, report.content);
  prepare(kRecordFile, record_to_json(record));

  for (PendingFile& file : pending) file.commit(/*durable=*/false);
  remove_raw_files_but(kept, path);
}

RunRecord load_record(const fs::path& folder) {
  const fs::path file = folder / kRecordFile;
  if (!is_there(file)) invalid(folder, "is not a report folder: it has no record.json");
  const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  lock_folder(opened, folder, FolderUse::reading);
  RunRecord record = record_from_json(read_file(file), file.string());
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    BootRecord& boot = record.boots[i];
    boot.trace.serial = read_file(folder / kSerial.of_boot(i));
    if (boot.trace.left_out > 0) {
      boot.trace.left_out_at = boot.trace.serial.size();
      boot.trace.serial += read_file(folder / kSerialTail.of_boot(i));
    }
    boot.trace.screenshot = read_if_there(folder / kScreenshot.of_boot(i));
    const fs::path screen = folder / kScreen.of_boot(i);
    const std::string cells = read_if_there(screen);
    if (!cells.empty() && cells.size() != kScreenBytes) {
      invalid(screen, "is not a screen of " + std::to_string(kScreenBytes) + " bytes");
    }
    boot.trace.screen.assign(cells.begin(), cells.end());
    boot.events =
        fold(boot.trace.serial, boot.trace.marks, record, event_limits(boot.trace.left_out));
    boot.ending = classify(boot.trace, boot.events, record);
  }
  return record;
}

}  // namespace harness
