// When a boot has had its time, on a host that may have had other things to do.
//
// A limit on time is meant for the guest, and a busy host must not fail a slow guest: what QEMU
// spent ready to run and waiting for a processor does not count, up to kMaxSegment times the
// limit. Threads of QEMU may wait at the same time, so that the sum of their waiting says too much;
// but the processor time that QEMU had counts in any case. What a guest spends halted, and what a
// stopped QEMU (SIGSTOP) spends stopped, does count: they do not wait for anything that the host
// could give. The processor time is looked up only when a limit is about to strike: a boot that
// ends in time pays nothing for this.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "model/scenario.h"
#include "model/trace.h"

namespace harness {

/// What the host has let a process do so far.
struct HostShare {
  std::chrono::nanoseconds cpu{0};     // on a processor, all threads together, ended ones included
  std::chrono::nanoseconds waited{0};  // ready to run and without a processor, all living threads
};

/// Reads it from the kernel. Zero where the process is gone, or where this kernel does not count
/// (no CONFIG_SCHED_INFO): then limits are those of the wall clock. Needs no privilege.
HostShare host_share_of(pid_t process);

/// No limit is stretched beyond this many times its value.
inline constexpr int kMaxSegment = 10;

/// Pure: the time and the host's share come as arguments and through `read`.
class LimitWatch {
 public:
  using Clock = std::chrono::steady_clock;
  using Read = std::function<HostShare()>;

  /// `processors` of the guest: their threads wait side by side, so each counts with its share.
  /// Without `serial` there is nothing to be silent on. QEMU was started at `start`.
  LimitWatch(const Limits& limits, std::uint64_t processors, bool serial, Clock::time_point start,
             Read read);

  /// Serial bytes came, or the guest was let go again: silence begins anew.
  void heard(Clock::time_point now);
  /// When due() must be asked next.
  [[nodiscard]] Clock::time_point next() const;
  /// The limit that the boot has reached, or StopReason::none.
  StopReason due(Clock::time_point now);
  /// For how long QEMU waited for a processor, as far as this had to look.
  [[nodiscard]] std::chrono::nanoseconds waited() const { return seen_.waited; }

 private:
  struct Deadline {
    std::chrono::nanoseconds limit{0};
    Clock::time_point begin, next;
    HostShare before;  // at `begin`
  };
  void look(Clock::time_point now);
  bool is_over(Deadline& deadline, Clock::time_point now) const;
  bool is_cpu_used_up(Clock::time_point now);

  int processors_;
  Read read_;
  HostShare seen_;
  Clock::time_point seen_at_;
  Deadline wall_;
  std::optional<Deadline> idle_;
  std::optional<std::chrono::nanoseconds> cpu_limit_;
  Clock::time_point next_cpu_look_ = Clock::time_point::max();
};

}  // namespace harness
