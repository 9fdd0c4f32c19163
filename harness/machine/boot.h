// One boot of QEMU, from its start to its end.
//
// Everything that can happen arrives at one poll(2): serial bytes, QEMU's complaints, QMP messages,
// the end of the process, Ctrl-C. There are no threads and no sleeps; a deadline is poll's timeout.
//
// The serial port is QEMU's standard output, a pipe. A unix socket would hold only a few hundred
// messages of one byte each; then QEMU tells the guest that its transmitter is busy, and the guest
// executes another number of instructions in every counted run. A pipe merges small writes, and
// this one has room for 1 MiB while we are busy.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include "machine/capture.h"
#include "machine/closing_line.h"
#include "machine/conversation.h"
#include "machine/disk_server.h"
#include "machine/limit_watch.h"
#include "machine/machine.h"
#include "machine/qmp.h"
#include "machine/serial_log.h"
#include "process/child_process.h"
#include "process/descriptor.h"
#include "process/scratch_folder.h"

namespace harness {

class Boot {
 public:
  /// Starts QEMU. Both arguments must outlive this. Throws Error if it cannot be started.
  Boot(const Job& job, const SerialSink& sink);
  /// Waits for the end. Call once.
  Trace run();

 private:
  using Clock = std::chrono::steady_clock;
  enum class CaptureStep { not_yet, under_way, over };

  void wait_for_news();
  // Each reads once, and closes its end where the data has ended: poll would report it for ever.
  ReadResult take_serial();
  ReadResult take_stderr();
  ReadResult take_qmp();
  ReadResult take_ask();
  ReadResult take_disk(DiskServer& disk);
  void on_message(const QmpMessage& message);
  void on_reply(const QmpReply& reply);
  void leave(const QmpShutdown& end);
  void decide();
  StopReason due_stop(Clock::time_point now);
  bool has_unread_serial();
  [[nodiscard]] Clock::time_point next_deadline() const;
  [[nodiscard]] int first_capture_descriptor() const;
  void begin_capture(Clock::time_point now);
  void end_capture(Clock::time_point now);
  void inherit_modules(SpawnRequest& request);
  void send_to_guest(const std::string& bytes);
  void kill();
  void finish();

  const Job& job_;
  const SerialSink& sink_;
  std::vector<FileDescriptor> module_files_;
  Trace trace_;
  SerialLog serial_log_;

  std::optional<ScratchFolder> scratch_;
  ScreenCapture capture_;
  SocketPair serial_in_;
  std::string to_send_;  // to the guest, as soon as it takes more
  Pipe serial_out_;
  Pipe stderr_;
  SocketPair qmp_;
  SocketPair asks_;                      // of a plugin; no descriptors where there is none
  std::optional<DiskServer> disk_;       // where it is recorded
  std::unique_ptr<ChildProcess> child_;  // last: ended before what it uses goes away

  QmpReader qmp_reader_;
  ClosingLine closing_line_;
  Conversation conversation_;
  bool greeted_ = false;
  bool let_run_ = false;
  bool ended_ = false;
  bool killed_ = false;
  bool registers_asked_ = false;  // and QEMU has not answered
  CaptureStep capture_step_ = CaptureStep::not_yet;
  Clock::time_point start_, gather_until_, capture_deadline_;
  Clock::time_point settle_at_ = Clock::time_point::max();
  std::uint64_t start_tsc_ = 0;                   // of the host, at start_
  std::unique_ptr<LimitWatch> limits_;            // from the start of QEMU on
  std::optional<Clock::time_point> grace_start_;  // the sink has had enough
  std::array<char, 64 << 10> buffer_;
};

}  // namespace harness
