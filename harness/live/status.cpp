#include "live/status.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{250};
constexpr std::size_t kTail = 2000;
// Clocks of two machines that share a folder may differ by a few seconds.
constexpr std::int64_t kFreshMilliseconds = 60'000;

std::int64_t milliseconds_since_1970() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string this_machine() {
  std::string boot = beginning_of("/proc/sys/kernel/random/boot_id", 64);
  boot.resize(boot.find_last_not_of('\n') + 1);
  std::error_code error;
  return boot + " " + fs::read_symlink("/proc/self/ns/pid", error).string();
}

/// The 22nd field of proc_pid_stat(5). The second, a name in parentheses, may hold anything.
std::uint64_t start_of(std::int64_t process) {
  const std::string stat = beginning_of("/proc/" + std::to_string(process) + "/stat", 4096);
  const std::size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::istringstream fields(stat.substr(name_end + 1));
  std::string field;
  for (int i = 3; i < 22; ++i) fields >> field;
  std::uint64_t ticks = 0;
  return fields >> ticks ? ticks : 0;
}

/// Whole lines of the end, made printable.
std::string printable_tail(std::string_view bytes) {
  std::string text;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view line = bytes.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    text += printable(line) + "\n";
    begin = end + 1;
  }
  return text;
}

}  // namespace

ProcessIdentity identity_of(std::int64_t process) { return {this_machine(), start_of(process)}; }

std::string to_json(const LiveStatus& status) {
  return nlohmann::ordered_json{{"uniharness_status", 1},
                                {"scenario", printable(status.scenario)},
                                {"boot", status.boot},
                                {"boots", status.boots},
                                {"bytes", status.bytes},
                                {"milliseconds", status.milliseconds},
                                {"process", status.process},
                                {"tail", status.tail},
                                {"machine", status.identity.machine},
                                {"process_started", status.identity.started_at},
                                {"written_at", status.written_at}}
             .dump() +
         "\n";
}

LiveStatus status_from_json(std::string_view json, const std::string& name) {
  try {
    const auto tree = nlohmann::json::parse(json);
    if (tree.at("uniharness_status") != 1) {
      throw Error(name + ": of another version", "", ExitStatus::invalid_data);
    }
    return {.scenario = tree.at("scenario"),
            .boot = tree.at("boot"),
            .boots = tree.at("boots"),
            .bytes = tree.at("bytes"),
            .milliseconds = tree.at("milliseconds"),
            .process = tree.at("process"),
            .tail = tree.at("tail"),
            // Not there in files of older versions.
            .identity = {tree.value("machine", ""), tree.value("process_started", 0ul)},
            .written_at = tree.value("written_at", std::int64_t{0})};
  } catch (const nlohmann::json::exception& error) {
    throw Error(name + ": " + printable(error.what()), "", ExitStatus::invalid_data);
  }
}

bool is_going_on(const LiveStatus& status) {
  if (status.process <= 0 || status.process > INT32_MAX) return false;
  const auto& [machine, started_at] = status.identity;
  if (!machine.empty() && machine != this_machine()) {
    return std::abs(milliseconds_since_1970() - status.written_at) < kFreshMilliseconds;
  }
  // EPERM: it is there, and somebody else's.
  if (::kill(static_cast<pid_t>(status.process), 0) != 0 && errno != EPERM) return false;
  return started_at == 0 || started_at == start_of(status.process);
}

struct LiveReporter::State {
  fs::path folder;
  LiveStatus status;
  std::string recent;  // raw, the last bytes
  Clock::time_point start = Clock::now();
  std::vector<fs::path> made_folders;  // the innermost first
  bool written = false, over = false;
  std::mutex mutex;
  std::condition_variable changed;
  std::thread writer;

  void write_until_over();
  void write();
};

/// Those of `folder` and the folders above it that are not there.
std::vector<fs::path> missing_folders(const fs::path& folder) {
  std::vector<fs::path> missing;
  std::error_code error;
  for (fs::path at = folder; !at.empty() && !fs::exists(at, error); at = at.parent_path()) {
    missing.push_back(at);
  }
  return missing;
}

void LiveReporter::State::write() {
  if (!written) made_folders = missing_folders(folder);
  try {
    write_atomically(folder / kStatusFile, to_json(status));
    written = true;
  } catch (const Error&) {
    // The run will say so when it has reports to write; what is shown meanwhile is not worth it.
    over = true;
  }
}

void LiveReporter::State::write_until_over() {
  std::unique_lock lock(mutex);
  while (!changed.wait_for(lock, kPause, [&] { return over; })) {
    status.milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count());
    status.tail = printable_tail(recent);
    status.written_at = milliseconds_since_1970();
    write();
  }
}

LiveReporter::LiveReporter(fs::path folder, std::string scenario, std::uint64_t boots)
    : state_(std::make_unique<State>()) {
  state_->folder = std::move(folder);
  state_->status.scenario = std::move(scenario);
  state_->status.boots = boots;
  state_->status.process = ::getpid();
  state_->status.identity = identity_of(::getpid());
  state_->writer = std::thread([state = state_.get()] { state->write_until_over(); });
}

LiveReporter::~LiveReporter() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->over = true;
  }
  state_->changed.notify_one();
  state_->writer.join();
  if (!state_->written) return;
  std::error_code error;
  fs::remove(state_->folder / kStatusFile, error);
  for (const fs::path& made : state_->made_folders) {
    if (!fs::remove(made, error)) break;  // it is not empty
  }
}

void LiveReporter::boot_begins(std::uint64_t index) {
  const std::lock_guard lock(state_->mutex);
  state_->status.boot = index;
  state_->status.bytes = 0;
  state_->recent.clear();
}

void LiveReporter::said(std::string_view bytes) {
  const std::lock_guard lock(state_->mutex);
  state_->status.bytes += bytes.size();
  state_->recent += bytes.substr(bytes.size() - std::min(bytes.size(), kTail));
  if (state_->recent.size() > 2 * kTail) state_->recent.erase(0, state_->recent.size() - kTail);
}

}  // namespace harness
