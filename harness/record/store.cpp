#include "record/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <system_error>

#include "base/files.h"
#include "base/pending_file.h"
#include "record/classify.h"
#include "record/codec.h"
#include "stream/collector.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

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

void save_record(const fs::path& path, const RunRecord& record,
                 const std::vector<NamedFile>& reports) {
  const OpenFile folder = open_folder(path);
  lock_folder(folder, path, FolderUse::writing);
  remove_stale_temporaries(path);
  // All that can fail for want of room happens before the first file is replaced.
  std::vector<PendingFile> pending;
  std::set<std::string> kept;
  const auto prepare = [&](const std::string& name, const auto& content) {
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
      prepare(kScreen.of_boot(i),
              std::string_view(reinterpret_cast<const char*>(trace.screen.data()),
                               trace.screen.size()));
    }
    if (!trace.screenshot.empty())
      prepare(kScreenshot.of_boot(i), std::string_view(trace.screenshot));
  }
  for (const NamedFile& report : reports) prepare(report.name, report.content);
  prepare(kRecordFile, std::string_view(record_to_json(record)));

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
    boot.events = collect_events(boot.trace.serial, boot.trace.marks, record.output_rules,
                                 event_limits(boot.trace.left_out));
    boot.ending = classify(boot.trace, boot.events, record.output_rules);
  }
  return record;
}

}  // namespace harness
