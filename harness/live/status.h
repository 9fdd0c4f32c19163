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

/// What tells a process from another one that was given its number later, or elsewhere.
struct ProcessIdentity {
  std::string machine = {};      // this boot of the machine, and the space of process numbers
  std::uint64_t started_at = 0;  // in ticks since that boot; 0: not known
};
/// Of a process of this machine; `started_at` is 0 where there is none.
ProcessIdentity identity_of(std::int64_t process);

struct LiveStatus {
  std::string scenario;
  std::uint64_t boot = 1, boots = 1;
  std::uint64_t bytes = 0;         // of serial output in this boot
  std::uint64_t milliseconds = 0;  // since the run began
  std::int64_t process = 0;        // of the harness
  std::string tail;                // the last of what the guest said, printable
  ProcessIdentity identity = {};   // of that process
  std::int64_t written_at = 0;     // milliseconds since 1970
};
inline constexpr char kStatusFile[] = "status.json";

std::string to_json(const LiveStatus& status);
/// Throws Error (invalid_data) naming `name` for what to_json() did not write.
LiveStatus status_from_json(std::string_view json, const std::string& name);

/// Whether the process that wrote it is there: that very one, not another with its number. Of
/// another machine's only the file can tell, which is written anew several times a second.
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
