// Reading the guest's screen while it still has one.
//
// isa-debug-exit ends QEMU at once and takes the screen with it. So a guest that finds
// wire::kHoldFile in fw_cfg waits after its last line until a byte arrives on its serial port, and
// we read the screen meanwhile. A guest that does not know about this simply ends: no screen.
//
// QEMU writes the cells and the picture into memory files that it has inherited, named by
// /proc/self/fd/N. They have no name of their own, so nothing can be left behind.
#pragma once

#include <string>

#include "machine/machine.h"
#include "machine/qmp.h"
#include "process/descriptor.h"

namespace harness {

/// The VGA text buffer of colour modes, in guest-physical memory.
inline constexpr std::uint64_t kTextScreenAddress = 0xB8000;

/// The job asks for a screen, and the machine has one.
inline bool wants_screen(const Job& job) {
  return (job.capture_screen || job.screenshot) && job.machine.vga;
}
/// The guest is asked to wait at its end. Without a serial port it could not be let go.
inline bool holds_at_end(const Job& job) { return wants_screen(job) && job.machine.serial; }

/// QEMU holds a guest that ends the machine until we let it go, so that it can be asked where that
/// was. Not where the disk is recorded: the pause would be a flush more.
inline bool pauses_at_end(const Job& job) { return job.where_it_was && !job.record_disk; }

/// A limit ends the boot: QEMU is asked where the guest is. Its last words do not tell.
bool asks_where(const Job& job, StopReason stop);

class ScreenCapture {
 public:
  explicit ScreenCapture(const Job& job);

  /// Descriptors that QEMU must inherit, to be numbered from `first` in this order.
  [[nodiscard]] std::vector<int> descriptors() const;
  /// The QMP commands that take the capture, when those descriptors start at `first`.
  [[nodiscard]] std::string commands(int first) const;
  void on_reply(const QmpReply& reply);
  /// QEMU has answered everything that commands() asked.
  [[nodiscard]] bool complete() const { return cells_ != State::asked && png_ != State::asked; }
  /// What was captured; members stay empty where QEMU refused or did not answer.
  void store(Trace& trace) const;

 private:
  enum class State { asked, saved, refused };
  FileDescriptor cells_file_, png_file_;
  State cells_ = State::asked, png_ = State::asked;
};

}  // namespace harness
