// A trace: all that came back from one boot, as it came. The only thing that Machine makes, and
// all that the pure half (stream, record, check, report) needs: a saved trace replays to the same
// verdict with no QEMU.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/disk_log.h"

namespace harness {

/// By the time `at` (since QEMU was started) the first `size` bytes of Trace::serial had arrived.
struct SerialMark {
  std::uint64_t size = 0;
  std::chrono::nanoseconds at{0};
};

/// Why the harness stopped a boot; `none` where QEMU ended by itself.
enum class StopReason {
  none,
  wall_limit,
  idle_limit,
  serial_limit,
  panic_line,
  interrupted,
  cpu_limit,
  satisfied,  // the scenario's steps came to their `stop`
  step_limit  // a step took too long
};
inline constexpr const char* kStopReasonNames[] = {"none",         "wall_limit", "idle_limit",
                                                   "serial_limit", "panic_line", "interrupted",
                                                   "cpu_limit",    "satisfied",  "step_limit"};

/// Cost of one QEMU process, from wait4().
struct ResourceUse {
  std::chrono::microseconds user{0};
  std::chrono::microseconds system{0};
  std::uint64_t max_rss_kib = 0;
};

/// The VGA text screen: 80 x 25 cells, two bytes each (character, attribute), row by row.
inline constexpr std::size_t kScreenColumns = 80;
inline constexpr std::size_t kScreenRows = 25;
inline constexpr std::size_t kScreenBytes = kScreenColumns * kScreenRows * 2;

struct Trace {
  std::vector<std::string> command;            // argv of QEMU
  std::vector<std::string> bare_command;       // the same machine without the harness, to paste
  std::string serial;                          // raw bytes: all, or the first and the last
  std::uint64_t left_out = 0;                  // bytes that came and were not kept, in one place:
  std::size_t left_out_at = 0;                 // behind this many bytes of `serial`
  std::vector<SerialMark> marks;               // rising in both members
  std::string stderr_text;                     // QEMU's own complaints, at most 64 KiB
  std::optional<int> exit_status;              // of the process; unset if it died by a signal
  std::optional<int> exit_signal;              // signal that ended it (ours, where stop != none)
  std::optional<std::string> shutdown_reason;  // QMP SHUTDOWN: "guest-reset", "guest-shutdown", ...
  bool shutdown_by_guest = false;              // QMP SHUTDOWN: "guest"
  StopReason stop = StopReason::none;
  std::uint64_t steps_done = 0;      // of the scenario's steps
  std::string qemu_version;          // from the QMP greeting, "7.2.22"; empty if none came
  bool started = false;              // QMP greeted us and the guest was let run
  std::vector<std::uint8_t> screen;  // kScreenBytes bytes, or empty where not captured
  std::string screenshot;            // PNG bytes, or empty where not captured
  std::chrono::nanoseconds wall{0};  // start of QEMU to end of QEMU
  // Of it, ready to run and without a processor. Known where a limit came near, else 0.
  std::chrono::nanoseconds waited{0};
  // Start of QEMU until the guest ran (QMP RESUME), where its time stamp counter begins; 0 where
  // that never came.
  std::chrono::nanoseconds resumed{0};
  // Ticks a second of the host's time stamp counter, measured over the boot; 0 where it has none.
  // The guest's counter under the host clock ticks with it.
  std::uint64_t tsc_hz = 0;
  ResourceUse use;
  // Under the counted clock, by QEMU's own count: instructions, and the ticks that its clock went
  // on by itself because the guest was halted. Unset where this QEMU does not tell.
  std::optional<std::uint64_t> executed = {}, halted = {};
  DiskLog disk_log;         // of the first disk, where it is recorded
  std::string disk_sha256;  // of the first disk after the boot, where it persists; else empty
};

}  // namespace harness
