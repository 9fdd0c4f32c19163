// The machine: the only place that starts QEMU. One Job in, one Trace out.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "machine/trace.h"
#include "scenario/scenario.h"

namespace harness {

/// One boot, fully decided: files are absolute paths that exist.
struct Job {
  MachineSpec machine;
  ClockKind clock = ClockKind::counted;
  Limits limits;
  std::filesystem::path disk, kernel, cdrom;  // exactly one is not empty
  std::string firmware;                       // for -bios, or empty
  bool capture_screen = false;                // hold the guest at its end and read the VGA cells
  bool screenshot = false;                    // and take a PNG too (implies capture_screen)
};

/// Serial bytes as they arrive, with the time since QEMU's start. Return false to end the boot
/// (StopReason::panic_line).
using SerialSink = std::function<bool(std::string_view bytes, std::chrono::nanoseconds at)>;

struct Machine {
  virtual ~Machine() = default;
  /// Boots once and waits for the end. Throws Error only where QEMU cannot be started at all (not
  /// installed); a QEMU that refuses its options is a Trace with started == false.
  virtual Trace run(const Job& job, const SerialSink& sink) = 0;
};

/// Boots real QEMU. Leaves no process and no file behind, whatever happens.
class QemuMachine final : public Machine {
 public:
  Trace run(const Job& job, const SerialSink& sink) override;
};

/// How a QEMU command line is to be used.
enum class CommandStyle {
  harnessed,  // serial on stdio, QMP on a descriptor, paused until told to go
  bare,       // what --dry-run prints: the same machine, serial on stdio, starts at once
};
/// The argument vector of QEMU for a job. Pure. `qmp_fd` and `hold` only matter when harnessed.
std::vector<std::string> qemu_command(const Job& job, CommandStyle style, int qmp_fd = -1);

/// An argument vector as one line that a POSIX shell reads back as the same vector.
std::string shell_quoted(const std::vector<std::string>& argv);

/// Installs handlers for SIGINT and SIGTERM that make a running boot end (StopReason::interrupted)
/// and later ones return at once. Call once, from main. interrupted() tells whether one came.
void install_interrupt_handler();
bool interrupted();

}  // namespace harness
