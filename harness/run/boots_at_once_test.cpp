// Boots side by side, on a machine that notices how many guests it has at a time.
#include "run/boots_at_once.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "base/folder_testing.h"
#include "run/boots.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

/// A guest ends when `together` of them have begun. It is not waited for longer than a minute.
class CountingMachine final : public Machine {
 public:
  std::size_t together = 1;
  std::uint64_t hangs = 0;  // this boot does not end by itself

  Trace run(const Job& job, const SerialSink& sink) override {
    std::unique_lock lock(mutex_);
    most_ = std::max(most_, ++now_);
    begun_.notify_all();
    begun_.wait_for(lock, std::chrono::minutes(1), [&] { return most_ >= together; });
    const std::uint64_t index = ++started_;
    --now_;
    lock.unlock();
    Trace trace;
    trace.serial = sample_session().close("pass");
    trace.exit_status = wire::process_status(wire::Exit::pass);
    trace.started = true;
    trace.qemu_version = "7.2.22";
    if (index == hangs) trace.stop = StopReason::idle_limit;
    if (sink) sink(trace.serial, std::chrono::milliseconds(1));
    (void)job;
    return trace;
  }
  [[nodiscard]] std::size_t most_at_once() const { return most_; }

 private:
  std::mutex mutex_;
  std::condition_variable begun_;
  std::size_t now_ = 0, most_ = 0;
  std::uint64_t started_ = 0;
};

RunRecord run_on(CountingMachine& machine, const Scenario& scenario, unsigned jobs) {
  const TestFolder folder;
  Progress progress{ProgressStyle::none};
  return boot_all(machine, scenario, Image{},
                  ImageFacts{.sha256 = "ab", .compiler = {}, .sizes = {}}, folder.path / "reports",
                  {.boot_jobs = jobs}, progress);
}

Scenario counted(std::uint64_t boots) {
  Scenario scenario;
  scenario.name = "fake";
  scenario.boots = boots;
  scenario.clock = ClockKind::counted;
  scenario.machine.smp = 2;  // QEMU's own count, which needs a real one, is of one processor
  return scenario;
}

TEST(BootsAtOnce, CountedOnesRunSideBySideAndComeInOrder) {
  CountingMachine machine;
  machine.together = 3;
  const RunRecord record = run_on(machine, counted(7), 3);
  EXPECT_EQ(machine.most_at_once(), 3u);
  ASSERT_EQ(record.boots.size(), 7u);
  for (std::size_t i = 0; i < record.boots.size(); ++i) {
    EXPECT_EQ(record.boots[i].index, i + 1);
    EXPECT_EQ(record.boots[i].ending.kind, VerdictKind::pass);
  }
  EXPECT_EQ(record.fingerprint.qemu_version, "7.2.22");
}

TEST(BootsAtOnce, WhatTheyWouldChangeRunsOneAfterTheOther) {
  Scenario by_host_time = counted(3);
  by_host_time.clock = ClockKind::host;
  EXPECT_TRUE(may_boot_at_once(counted(3)));
  EXPECT_FALSE(may_boot_at_once(by_host_time));
  CountingMachine machine;
  EXPECT_EQ(run_on(machine, by_host_time, 3).boots.size(), 3u);
  EXPECT_EQ(machine.most_at_once(), 1u);
  Scenario persists = counted(2);
  persists.image.persist = true;
  EXPECT_FALSE(may_boot_at_once(persists));
  Scenario cut = counted(2);
  cut.power_cuts.emplace();
  EXPECT_FALSE(may_boot_at_once(cut));
}

TEST(BootsAtOnce, TheFirstThatHadToBeCutOffIsTheLast) {
  CountingMachine machine;
  machine.together = 2;
  machine.hangs = 2;
  const RunRecord record = run_on(machine, counted(50), 2);
  EXPECT_LE(record.boots.size(), 3u) << "those that had begun, and no further one";
  EXPECT_EQ(record.boots.back().trace.stop, StopReason::idle_limit);
}

class RefusingMachine final : public Machine {
 public:
  Trace run(const Job&, const SerialSink&) override { throw Error("there is no QEMU"); }
};

TEST(BootsAtOnce, AMachineThatCannotStartIsSaid) {
  RefusingMachine machine;
  const TestFolder folder;
  Progress progress{ProgressStyle::none};
  EXPECT_THROW(boot_all(machine, counted(4), Image{}, {}, folder.path, {.boot_jobs = 2}, progress),
               Error);
}

}  // namespace
}  // namespace harness
