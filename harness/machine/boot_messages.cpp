// What QEMU says on its control channel, and what a boot does about it.
//
// A guest that has ended is held by QEMU where we want to ask what it was doing (-action
// shutdown=pause): QEMU says SHUTDOWN and STOP, and we let it go. A panic that the guest reports
// (pvpanic) is then GUEST_PANICKED and STOP alone. A STOP by itself is QEMU's own: a disk that
// could not be written, a state from which a processor cannot go on. The guest would stand still
// until a limit, and it would look like a hang of its own.
#include <algorithm>
#include <iterator>
#include <string_view>
#include <variant>

#include "machine/boot.h"

namespace harness {
namespace {

// Those of a processor without its vectors' are 2 KiB.
constexpr std::size_t kMaxRegisters = 8 << 10;

/// From these a guest does not return. Where a debugger stops it, it is let go again.
constexpr std::string_view kStoppedForGood[] = {"io-error", "internal-error", "watchdog"};

}  // namespace

ReadResult Boot::take_qmp() {
  std::size_t size = 0;
  const ReadResult result = read_some(qmp_.ours.get(), buffer_.data(), buffer_.size(), size);
  if (result == ReadResult::end) qmp_.ours.close();
  if (result != ReadResult::data) return result;
  for (const QmpMessage& message : qmp_reader_.add({buffer_.data(), size})) on_message(message);
  return result;
}

void Boot::on_message(const QmpMessage& message) {
  if (const auto* greeting = std::get_if<QmpGreeting>(&message)) {
    greeted_ = true;
    trace_.qemu_version = greeting->qemu_version;
  } else if (std::holds_alternative<QmpResumed>(message)) {
    let_run_ = true;
    send_to_guest(conversation_.start(Clock::now()));
    trace_.resumed = Clock::now() - start_;
  } else if (const auto* shutdown = std::get_if<QmpShutdown>(&message)) {
    leave(*shutdown);
  } else if (std::holds_alternative<QmpStopped>(message)) {
    // Of what we stop, and of what has ended, we know why.
    const bool known = trace_.shutdown_reason || trace_.stop != StopReason::none;
    if (!known) send_all(qmp_.ours.get(), qmp::status());
  } else if (const auto* reply = std::get_if<QmpReply>(&message)) {
    on_reply(*reply);
  }
}

void Boot::on_reply(const QmpReply& reply) {
  if (reply.id == qmp::kGo && reply.error) {
    trace_.stderr_text += "QEMU did not let the guest run: " + *reply.error + "\n";
    kill();
  }
  capture_.on_reply(reply);
  if (reply.id == qmp::kRegisters && registers_asked_) {
    registers_asked_ = false;
    if (!reply.text.empty()) job_.where_it_was(reply.text.substr(0, kMaxRegisters));
  }
  if (reply.id == qmp::kStatus &&
      std::ranges::find(kStoppedForGood, reply.text) != std::end(kStoppedForGood)) {
    leave({false, kHostError, "its state is " + reply.text});
  }
}

/// QEMU may hold a guest that has ended: what it was doing is asked where that is in question.
void Boot::leave(const QmpShutdown& end) {
  if (trace_.shutdown_reason) return;  // of the guest; this one is our `quit`
  trace_.shutdown_reason = end.reason;
  trace_.shutdown_by_guest = end.by_guest;
  if (!end.detail.empty()) trace_.stderr_text += "the guest was stopped: " + end.detail + "\n";
  if (pauses_at_end(job_) && (end.reason == "guest-reset" || end.reason == "guest-panic")) {
    registers_asked_ = true;
    send_all(qmp_.ours.get(), qmp::registers());
  }
  send_all(qmp_.ours.get(), qmp::quit());  // one that ends by itself does not mind
}

}  // namespace harness
