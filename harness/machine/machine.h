// The machine: the only place that starts QEMU. One Job in, one Trace out.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/image.h"
#include "model/scenario.h"
#include "model/trace.h"

namespace harness {

/// A TCG plugin that QEMU loads for a boot: a shared object, and a descriptor of ours that it
/// inherits. The plugin is told its number there, as the argument fd=N.
struct PluginSpec {
  std::filesystem::path file;
  int descriptor = -1;
  /// The plugin may ask, in the middle of the guest, by a byte on the socket ask=N; it waits, and
  /// the guest with it, until a byte comes back. Before that, all that the guest has said so far
  /// has gone through the SerialSink, and this was called. May be empty.
  std::function<void()> asked = {};
  bool watches = false;  // the argument watch=1: it reads QEMU's clock, and counts nothing
};

/// One boot, fully decided: files are absolute paths that exist.
///
/// A boot never changes the files of an image. Where what it writes to its first disk is to be
/// kept, `written_disk` is a copy, which it gets in the place of `disk` and changes.
struct Job {
  MachineSpec machine;  // its fw_cfg names absolute files
  ClockKind clock = ClockKind::counted;
  Limits limits;
  std::filesystem::path disk, kernel, cdrom;  // at most one of kernel and cdrom is not empty
  std::vector<std::filesystem::path> further_disks = {};
  std::filesystem::path written_disk = {};  // not part of the bare command, which has an overlay
  bool record_disk = false;                 // the writes to written_disk go to Trace::disk_log
  std::string firmware = {};                // for -bios, or empty
  std::vector<std::filesystem::path> flash = {};
  std::string append = {};  // command line of the kernel
  std::vector<BootModule> modules = {};
  bool multiboot = false;  // the kernel is one for QEMU's multiboot loader, which reads `modules`
  std::vector<Step> steps = {};
  bool capture_screen = false;            // hold the guest at its end and read the VGA cells
  bool screenshot = false;                // and take a PNG too (implies capture_screen)
  std::optional<PluginSpec> plugin = {};  // not part of the bare command: it changes nothing
  /// Asked once after kSettled of silence on the serial port: whether more of it would tell
  /// nothing. true ends the boot as the idle limit does. May be empty.
  std::function<bool()> settled = {};
  /// Told once, where the guest reset the machine or told QEMU of a panic, or a limit ended the
  /// boot: QEMU's words of the registers of processor 0 at that moment. May be empty.
  std::function<void(std::string_view)> where_it_was = {};
};
inline constexpr std::chrono::milliseconds kSettled{4'000};

/// Serial bytes as they arrive, with the time since QEMU's start. Return false to end the boot: the
/// guest gets 200 ms to end by itself, which is better evidence, and is then stopped
/// (StopReason::panic_line). All bytes up to Limits::serial pass through here once, in order, those
/// that Trace::serial leaves out and those that arrive after a `false` too.
using SerialSink = std::function<bool(std::string_view bytes, std::chrono::nanoseconds at)>;

struct Machine {
  virtual ~Machine() = default;
  /// Boots once and waits for the end. Throws Error only where QEMU cannot be started at all (not
  /// installed); a QEMU that refuses its options is a Trace with started == false.
  virtual Trace run(const Job& job, const SerialSink& sink) = 0;
};

/// Boots real QEMU, for several threads at once if they ask. Leaves no process and no file behind,
/// whatever happens. QEMU dies with the thread that called run() (PR_SET_PDEATHSIG), so that thread
/// must live at least as long.
class QemuMachine final : public Machine {
 public:
  Trace run(const Job& job, const SerialSink& sink) override;
};

/// How a QEMU command line is to be used.
enum class CommandStyle {
  harnessed,  // serial on stdio, QMP on a descriptor, paused until told to go
  bare,       // what --dry-run prints: the same machine, serial on stdio, starts at once
};
/// QEMU's numbers for the descriptor of a PluginSpec, and for the socket on which it asks.
inline constexpr int kPluginDescriptor = 4, kPluginAsks = 5;
/// QEMU's number for the connection to a disk that is recorded, where its own is `qmp_fd`; and for
/// the first of the modules.
constexpr int disk_descriptor(const Job& job, int qmp_fd) { return qmp_fd + (job.plugin ? 3 : 1); }
constexpr int first_module_descriptor(const Job& job, int qmp_fd) {
  return disk_descriptor(job, qmp_fd) + (job.record_disk ? 1 : 0);
}
/// The argument vector of QEMU for a job. Pure. `qmp_fd` only matters when harnessed: the plugin's
/// descriptor and those of the modules (machine/module_files.h) have the numbers behind it.
std::vector<std::string> qemu_command(const Job& job, CommandStyle style, int qmp_fd = -1);

/// How a person is attached to a guest.
struct InteractiveOptions {
  bool gdb_wait = false;            // stop before the first instruction; gdb on 127.0.0.1:1234
  std::filesystem::path debug_log;  // file for QEMU's log of interrupts and CPU resets, or empty
};
/// QEMU's number there for the first descriptor behind the standard ones.
inline constexpr int kFirstInteractiveDescriptor = 3;
/// The argument vector of an interactive boot: the bare command with the serial port and QEMU's
/// monitor sharing the terminal (Ctrl-A C switches, Ctrl-A X ends). Pure.
std::vector<std::string> interactive_command(const Job& job, const InteractiveOptions& options);

/// Boots with our terminal, no limits and no protocol, and waits for the end. Ctrl-C belongs to
/// the guest; the terminal's settings are put back afterwards. Returns QEMU's own exit status, or
/// 128 + signal if one ended it. Throws Error where QEMU cannot be started at all.
int boot_interactive(const Job& job, const InteractiveOptions& options);

}  // namespace harness
