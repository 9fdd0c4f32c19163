#include "machine/limit_watch.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

using Clock = LimitWatch::Clock;
constexpr Clock::time_point kStart{100s};

/// A host that gives QEMU the processor for a part of the time.
struct FakeHost {
  HostShare share;
  int looks = 0;
  LimitWatch::Read reader() {
    return [this] {
      ++looks;
      return share;
    };
  }
};

Limits limits(std::chrono::milliseconds wall, std::chrono::milliseconds idle) {
  return {.wall = wall, .idle = idle, .cpu = {}, .serial = 1};
}

/// How long a QEMU that is kept waiting for `waiting` of every 100 ms runs until a limit strikes.
std::chrono::milliseconds time_until(StopReason expected, LimitWatch& watch, FakeHost& host,
                                     int waiting) {
  Clock::time_point now = kStart;
  for (int i = 0; i < 100; ++i) {
    now = watch.next();
    host.share.waited = (now - kStart) * waiting / 100;
    host.share.cpu = (now - kStart) - host.share.waited;
    const StopReason reason = watch.due(now);
    if (reason == StopReason::none) continue;
    EXPECT_EQ(reason, expected);
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - kStart);
  }
  ADD_FAILURE() << "no limit struck in 100 looks";
  return {};
}

TEST(LimitWatch, IdleHostGetsTheLimitAsItIsWritten) {
  FakeHost host;
  LimitWatch watch(limits(1000ms, 5s), 1, true, kStart, host.reader());
  EXPECT_EQ(watch.due(kStart + 999ms), StopReason::none);
  EXPECT_EQ(host.looks, 0) << "nothing is looked up before a limit is near";
  EXPECT_EQ(watch.due(kStart + 1000ms), StopReason::wall_limit);
}

TEST(LimitWatch, TimeSpentWaitingForAProcessorDoesNotCount) {
  FakeHost host;
  LimitWatch watch(limits(1000ms, 60s), 1, true, kStart, host.reader());
  // Waiting three quarters of the time, it gets its second of running after four.
  const auto took = time_until(StopReason::wall_limit, watch, host, 75);
  EXPECT_GE(took, 3990ms);
  EXPECT_LE(took, 4000ms);
  EXPECT_LT(host.looks, 40);
  EXPECT_GE(watch.waited(), 2990ms);
}

TEST(LimitWatch, NoLimitIsStretchedBeyondTenTimesItsValue) {
  FakeHost host;
  LimitWatch watch(limits(1000ms, 60s), 1, true, kStart, host.reader());
  EXPECT_EQ(time_until(StopReason::wall_limit, watch, host, 100), 10'000ms);
}

TEST(LimitWatch, ThreadsThatWaitAtOnceDoNotHideThatQemuRan) {
  FakeHost host;
  LimitWatch watch(limits(1000ms, 60s), 1, true, kStart, host.reader());
  // Two threads take turns on a busy host: each waits three quarters of the time.
  host.share = {.cpu = 500ms, .waited = 1500ms};
  EXPECT_EQ(watch.due(kStart + 1000ms), StopReason::none);
  EXPECT_EQ(watch.next(), kStart + 1500ms);
  host.share = {.cpu = 1000ms, .waited = 3000ms};
  EXPECT_EQ(watch.due(kStart + 2000ms), StopReason::wall_limit);
}

TEST(LimitWatch, SilenceCountsOnlyWhileQemuCouldRun) {
  FakeHost host;
  LimitWatch watch(limits(60s, 1000ms), 1, true, kStart, host.reader());
  const auto took = time_until(StopReason::idle_limit, watch, host, 50);
  EXPECT_GE(took, 1990ms);
  EXPECT_LE(took, 2000ms);
}

TEST(LimitWatch, WaitingBeforeTheLastByteDoesNotStretchTheSilenceAfterIt) {
  FakeHost host;
  LimitWatch watch(limits(60s, 1000ms), 1, true, kStart, host.reader());
  host.share.waited = 900ms;
  watch.heard(kStart + 950ms);
  EXPECT_EQ(watch.next(), kStart + 1950ms);
  EXPECT_EQ(watch.due(kStart + 1950ms), StopReason::idle_limit);
}

TEST(LimitWatch, GuestThatTalksAllTheTimeIsSeldomLookedAt) {
  FakeHost host;
  LimitWatch watch(limits(60s, 1000ms), 1, true, kStart, host.reader());
  for (int i = 0; i < 10'000; ++i) watch.heard(kStart + i * 100us);
  EXPECT_LE(host.looks, 10);
}

TEST(LimitWatch, BootThatIsOverInAPartOfItsLimitIsNeverLookedAt) {
  FakeHost host;
  LimitWatch watch(limits(60s, 4s), 1, true, kStart, host.reader());
  for (int i = 0; i < 490; ++i) watch.heard(kStart + i * 1ms);
  EXPECT_EQ(host.looks, 0);
}

TEST(LimitWatch, HaltedOrStoppedQemuWaitsForNothing) {
  FakeHost host;  // neither runs nor waits
  LimitWatch watch(limits(10s, 1000ms), 1, true, kStart, host.reader());
  EXPECT_EQ(watch.due(kStart + 1000ms), StopReason::idle_limit);
}

TEST(LimitWatch, WithoutASerialPortThereIsNoSilence) {
  FakeHost host;
  LimitWatch watch(limits(10s, 1000ms), 1, false, kStart, host.reader());
  EXPECT_EQ(watch.next(), kStart + 10s);
}

TEST(LimitWatch, ProcessorsThatWaitSideBySideCountWithTheirShare) {
  FakeHost host;
  LimitWatch watch(limits(1000ms, 60s), 4, true, kStart, host.reader());
  host.share.waited = 2000ms;  // half a second each
  EXPECT_EQ(watch.due(kStart + 1000ms), StopReason::none);
  EXPECT_EQ(watch.next(), kStart + 1500ms);
}

TEST(LimitWatch, ProcessorTimeHasALimitOfItsOwnThatABusyHostDoesNotReach) {
  FakeHost host;
  Limits all = limits(60s, 60s);
  all.cpu = 300ms;
  LimitWatch watch(all, 1, true, kStart, host.reader());
  const auto took = time_until(StopReason::cpu_limit, watch, host, 50);
  EXPECT_GE(took, 600ms);
  EXPECT_LE(took, 605ms);
  EXPECT_LT(host.looks, 40);
}

TEST(HostShare, OfThisProcessGrowsWithItsWork) {
  const HostShare before = host_share_of(getpid());
  const auto until = Clock::now() + 10ms;
  while (Clock::now() < until || host_share_of(getpid()).cpu <= before.cpu) {
  }
  EXPECT_GT(host_share_of(getpid()).cpu, before.cpu);
  EXPECT_GE(host_share_of(getpid()).waited, before.waited);
}

TEST(HostShare, OfNoProcessIsZero) {
  const HostShare share = host_share_of(0x7FFFFFF0);
  EXPECT_EQ(share.cpu, 0ns);
  EXPECT_EQ(share.waited, 0ns);
}

/// Keeps one processor busy with processes that do nothing else, and puts this thread, and so the
/// QEMU that it starts, on that processor too.
class BusyProcessor {
 public:
  explicit BusyProcessor(int processes) {
    sched_getaffinity(0, sizeof before_, &before_);
    int processor = 0;
    while (!CPU_ISSET(processor, &before_)) ++processor;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    sched_setaffinity(0, sizeof one, &one);
    for (int i = 0; i < processes; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        alarm(60);
        for (;;) asm volatile("");
      }
      children_.push_back(child);
    }
  }
  ~BusyProcessor() {
    for (const pid_t child : children_) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    sched_setaffinity(0, sizeof before_, &before_);
  }
  BusyProcessor(const BusyProcessor&) = delete;
  BusyProcessor& operator=(const BusyProcessor&) = delete;

 private:
  cpu_set_t before_ = {};
  std::vector<pid_t> children_;
};

TEST(Machine, BusyHostDoesNotFailASlowGuest) {
  QemuMachine machine;
  // Twice what the guest needs by itself; and then a processor that it shares with five others,
  // where it takes some six times as long.
  const Trace alone = machine.run(boot_of("work"), {});
  ASSERT_EQ(alone.exit_status, kPassStatus);
  Job job = boot_of("work");
  job.limits.wall = std::chrono::duration_cast<std::chrono::milliseconds>(
      2 * (alone.use.user + alone.use.system));
  job.limits.idle = job.limits.wall;
  const BusyProcessor busy(5);
  const Trace trace = machine.run(job, {});
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_EQ(trace.serial, "worked\n");
  EXPECT_GT(trace.waited, 0ns) << "the host was not busy, and nothing was shown";
  EXPECT_GT(trace.wall, job.limits.wall);
}

TEST(Machine, ProcessorTimeThatIsUsedUpEndsTheBoot) {
  Job job = boot_of("work");
  job.limits.cpu = 60ms;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::cpu_limit);
  EXPECT_EQ(trace.exit_signal, SIGKILL);
  EXPECT_GE(trace.use.user + trace.use.system, 60ms);
}

TEST(Machine, StoppedQemuGetsNoMoreTime) {
  Job job = boot_of("hang");
  job.limits.idle = 300ms;
  const Trace trace = run(job, [](std::string_view, auto) {
    kill(running_qemu(), SIGSTOP);
    return true;
  });
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
}

}  // namespace
}  // namespace harness
