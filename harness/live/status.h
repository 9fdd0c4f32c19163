// A running run says so in a small file of its report folder: what `uniharness view`
// shows of it. The file appears after a quarter of a second, so that a quick run writes none, and
// goes away with the run. Of a harness that was killed it stays; the process it names is gone then.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace harness {

struct LiveStatus {
  std::string scenario;
  std::uint64_t boot = 1, boots = 1;
  std::uint64_t bytes = 0;         // of serial output in this boot
  std::uint64_t milliseconds = 0;  // since the run began
  std::int64_t process = 0;        // of the harness
  std::string tail;                // the last of what the guest said, printable
};
inline constexpr char kStatusFile[] = "status.json";

std::string to_json(const LiveStatus& status);
/// Throws Error (invalid_data) naming `name` for what to_json() did not write.
LiveStatus status_from_json(std::string_view json, const std::string& name);

/// Whether the process that wrote it is there.
bool is_going_on(const LiveStatus& status);

/// Writes the file from a thread of its own, at most four times a second; a folder that cannot be
/// written to is left alone. The destructor removes the file, and the folders that this made where
/// nothing else came into them.
class LiveReporter {
 public:
  LiveReporter(std::filesystem::path folder, std::string scenario, std::uint64_t boots);
  ~LiveReporter();
  LiveReporter(const LiveReporter&) = delete;
  LiveReporter& operator=(const LiveReporter&) = delete;

  void boot_begins(std::uint64_t index);
  void said(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace harness
