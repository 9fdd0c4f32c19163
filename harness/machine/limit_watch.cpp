#include "machine/limit_watch.h"

#include <dirent.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "process/descriptor.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

// A deadline that would move by less has come: else it would creep up on a limit for ever.
constexpr auto kLeastMove = 1ms;
// How old the figure for the waiting may be from which a silence is counted, as a part of the limit
// on silence, which is stretched by so much too far at most. Looking costs some 20 us a thread, and
// again as much and more when the process is gone and the kernel forgets its names under /proc: a
// guest that talks all the time is not looked at for each of its bytes, a short boot never.
constexpr int kFreshPart = 8;

/// The second number of a thread's schedstat: nanoseconds spent waiting on a run queue.
std::chrono::nanoseconds waited_of(int task_folder, const char* thread) {
  const std::string file = std::string(thread) + "/schedstat";
  const FileDescriptor in(openat(task_folder, file.c_str(), O_RDONLY | O_CLOEXEC));
  char text[128];
  const ssize_t size = in.is_open() ? read(in.get(), text, sizeof text - 1) : 0;
  text[std::max<ssize_t>(size, 0)] = '\0';
  long long on_cpu = 0, waited = 0;
  return std::chrono::nanoseconds(sscanf(text, "%lld %lld", &on_cpu, &waited) == 2 ? waited : 0);
}

}  // namespace

HostShare host_share_of(pid_t process) {
  HostShare share;
  clockid_t clock = 0;
  timespec used = {};
  if (clock_getcpuclockid(process, &clock) == 0 && clock_gettime(clock, &used) == 0) {
    share.cpu = std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
  }
  const std::string folder = "/proc/" + std::to_string(process) + "/task";
  const std::unique_ptr<DIR, int (*)(DIR*)> tasks(opendir(folder.c_str()), closedir);
  while (const dirent* entry = tasks ? readdir(tasks.get()) : nullptr) {
    if (entry->d_name[0] != '.') share.waited += waited_of(dirfd(tasks.get()), entry->d_name);
  }
  return share;
}

LimitWatch::LimitWatch(const Limits& limits, std::uint64_t processors, bool serial,
                       Clock::time_point start, Read read)
    : processors_(std::max(static_cast<int>(processors), 1)),
      read_(std::move(read)),
      seen_at_(start),
      wall_{limits.wall, start, start + limits.wall, {}},
      cpu_limit_(limits.cpu) {
  if (serial) idle_ = Deadline{limits.idle, start, start + limits.idle, {}};
  // With a thread of its own for its devices, QEMU cannot use its time up any sooner.
  if (cpu_limit_) next_cpu_look_ = start + *cpu_limit_ / (processors_ + 1);
}

void LimitWatch::look(Clock::time_point now) {
  const HostShare share = read_();
  // A thread that ends takes its figure with it; what was seen stays seen.
  seen_.cpu = std::max(seen_.cpu, share.cpu / processors_);
  seen_.waited = std::max(seen_.waited, share.waited / processors_);
  seen_at_ = now;
}

void LimitWatch::heard(Clock::time_point now) {
  if (!idle_) return;
  if (now - seen_at_ >= idle_->limit / kFreshPart) look(now);
  *idle_ = {idle_->limit, now, now + idle_->limit, seen_};
}

LimitWatch::Clock::time_point LimitWatch::next() const {
  Clock::time_point next = std::min(wall_.next, next_cpu_look_);
  if (idle_) next = std::min(next, idle_->next);
  return next;
}

StopReason LimitWatch::due(Clock::time_point now) {
  if (now < next()) return StopReason::none;
  look(now);
  if (is_cpu_used_up(now)) return StopReason::cpu_limit;
  if (is_over(wall_, now)) return StopReason::wall_limit;
  if (idle_ && is_over(*idle_, now)) return StopReason::idle_limit;
  return StopReason::none;
}

bool LimitWatch::is_over(Deadline& deadline, Clock::time_point now) const {
  if (now < deadline.next) return false;
  const std::chrono::nanoseconds elapsed = now - deadline.begin;
  const std::chrono::nanoseconds counted =
      std::max(elapsed - (seen_.waited - deadline.before.waited), seen_.cpu - deadline.before.cpu);
  const Clock::time_point due =
      std::min(now + (deadline.limit - counted), deadline.begin + kMaxSegment * deadline.limit);
  if (due < now + kLeastMove) return true;
  deadline.next = due;
  return false;
}

bool LimitWatch::is_cpu_used_up(Clock::time_point now) {
  if (!cpu_limit_) return false;
  const std::chrono::nanoseconds left = *cpu_limit_ - seen_.cpu * processors_;
  if (left <= 0ns) return true;
  next_cpu_look_ = now + std::max<std::chrono::nanoseconds>(left / (processors_ + 1), kLeastMove);
  return false;
}

}  // namespace harness
