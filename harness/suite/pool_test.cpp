// The pool with runs that are made up: no QEMU, no clock.
#include "suite/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>

#include "base/disk_full.h"
#include "suite/outcome.h"

namespace harness {
namespace {

std::vector<Instance> instances(std::size_t count) {
  std::vector<Instance> made(count);
  for (std::size_t i = 0; i < count; ++i) made[i].scenario.name = std::to_string(i);
  return made;
}
std::vector<std::size_t> in_order(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}
Attempt attempt(VerdictKind kind) { return {.verdict = {kind, {}}}; }

struct Watcher final : SuiteWatcher {
  std::vector<std::string> names;
  std::size_t most_running = 0;
  void ended(const InstanceResult& result) override { names.push_back(result.name); }
  void tick(std::span<const Running> running) override {
    most_running = std::max(most_running, running.size());
  }
};

std::vector<InstanceResult> run(std::size_t count, PoolOptions options, const RunAttempt& one,
                                Watcher&& watcher = {}) {
  return run_all(instances(count), in_order(count), options, one, watcher);
}

TEST(Pool, RunsEveryInstanceOnceAndKeepsTheOrderOfTheResults) {
  for (const unsigned jobs : {1u, 4u, 500u}) {
    std::mutex mutex;
    std::multiset<std::string> ran;
    Watcher watcher;
    const auto results = run_all(
        instances(100), in_order(100), {.jobs = jobs},
        [&](const Instance& instance, unsigned) {
          const std::lock_guard lock(mutex);
          ran.insert(instance.scenario.name);
          return attempt(instance.scenario.name == "7" ? VerdictKind::panic : VerdictKind::pass);
        },
        watcher);
    EXPECT_EQ(ran.size(), 100u);
    EXPECT_EQ(std::set(ran.begin(), ran.end()).size(), 100u);
    EXPECT_EQ(watcher.names.size(), 100u);
    for (std::size_t i = 0; i < 100; ++i) {
      EXPECT_EQ(results[i].name, std::to_string(i));
      EXPECT_EQ(results[i].outcome, i == 7 ? Outcome::failed : Outcome::passed);
    }
  }
}
TEST(Pool, RunsAsManyAtOnceAsAskedForAndNoMore) {
  std::atomic<int> now{0}, most{0};
  run(40, {.jobs = 4}, [&](const Instance&, unsigned) {
    const int running = ++now;
    int seen = most.load();
    while (seen < running && !most.compare_exchange_weak(seen, running)) {
    }
    // The first four meet: each waits until all of them are there.
    while (most.load() < 4) std::this_thread::yield();
    --now;
    return attempt(VerdictKind::pass);
  });
  EXPECT_EQ(most.load(), 4);
}
TEST(Pool, BeginsInTheOrderGiven) {
  std::vector<std::string> begun;
  Watcher watcher;
  run_all(
      instances(3), {2, 0, 1}, {.jobs = 1},
      [&](const Instance& instance, unsigned) {
        begun.push_back(instance.scenario.name);
        return attempt(VerdictKind::pass);
      },
      watcher);
  EXPECT_EQ(begun, (std::vector<std::string>{"2", "0", "1"}));
}
TEST(Pool, RetriesAFailureUntilItPasses) {
  const auto results = run(3, {.jobs = 2, .retries = 3}, [](const Instance& one, unsigned retry) {
    const bool passes = one.scenario.name == "0" || (one.scenario.name == "1" && retry == 2);
    return attempt(passes ? VerdictKind::pass : VerdictKind::idle);
  });
  EXPECT_EQ(results[0].outcome, Outcome::passed);
  EXPECT_EQ(results[0].attempts.size(), 1u);
  EXPECT_EQ(results[1].outcome, Outcome::flaky);
  EXPECT_EQ(results[1].attempts.size(), 3u);
  EXPECT_EQ(results[2].outcome, Outcome::failed);
  EXPECT_EQ(results[2].attempts.size(), 4u);
}
TEST(Pool, FailFastBeginsNothingAfterAFailure) {
  const auto fails_at_2 = [](const Instance& one, unsigned) {
    return attempt(one.scenario.name == "2" ? VerdictKind::fail : VerdictKind::pass);
  };
  const auto results = run(10, {.jobs = 1, .fail_fast = true}, fails_at_2);
  EXPECT_EQ(results[2].outcome, Outcome::failed);
  EXPECT_EQ(results[3].outcome, Outcome::not_run);
  EXPECT_EQ(count_outcomes(results)[static_cast<std::size_t>(Outcome::not_run)], 7u);
  EXPECT_EQ(run(10, {.jobs = 1}, fails_at_2)[9].outcome, Outcome::passed);
}
TEST(Pool, AQuarantinedFailureDoesNotStopAFailFastSuite) {
  std::vector<Instance> all = instances(2);
  all[0].quarantine = "until 2026-12-31: known";
  Watcher watcher;
  const auto results = run_all(
      all, in_order(2), {.jobs = 1, .fail_fast = true},
      [](const Instance&, unsigned) { return attempt(VerdictKind::fail); }, watcher);
  EXPECT_EQ(results[0].outcome, Outcome::quarantined);
  EXPECT_EQ(results[1].outcome, Outcome::failed);
}
TEST(Pool, WhatARunThrowsIsAHarnessErrorOfThatInstanceAlone) {
  const auto results = run(3, {.jobs = 2}, [](const Instance& one, unsigned) -> Attempt {
    if (one.scenario.name == "0") throw Error("no QEMU", "install it");
    if (one.scenario.name == "1") throw std::bad_alloc();
    return attempt(VerdictKind::pass);
  });
  EXPECT_EQ(results[0].verdict().kind, VerdictKind::harness_error);
  EXPECT_EQ(results[0].verdict().reason, "no QEMU");
  EXPECT_EQ(results[0].attempts[0].evidence, "hint: install it");
  EXPECT_EQ(results[1].verdict().kind, VerdictKind::harness_error);
  EXPECT_EQ(results[2].outcome, Outcome::passed);
  EXPECT_EQ(status_of(results, false), ExitStatus::harness_error);
}
TEST(Pool, AnInterruptEndsTheSuiteAndIsNoResult) {
  Watcher watcher;
  const auto results = run_all(
      instances(5), in_order(5), {.jobs = 1, .retries = 2},
      [](const Instance& one, unsigned) -> Attempt {
        if (one.scenario.name == "1") throw Error("interrupted", "", ExitStatus::interrupted);
        return attempt(VerdictKind::pass);
      },
      watcher);
  EXPECT_EQ(watcher.names, std::vector<std::string>{"0"});
  EXPECT_EQ(results[1].outcome, Outcome::not_run);
  EXPECT_EQ(results[1].attempts.size(), 1u);
  EXPECT_TRUE(results[2].attempts.empty());
}

TEST(Pool, AFullDiskStopsTheSuiteWhateverRetriesAreLeft) {
  const auto results =
      run(5, {.jobs = 1, .retries = 2}, [](const Instance& one, unsigned) -> Attempt {
        if (one.scenario.name == "1") throw DiskFull("no room", "make some");
        return attempt(VerdictKind::pass);
      });
  EXPECT_EQ(results[0].outcome, Outcome::passed);
  EXPECT_EQ(results[1].outcome, Outcome::failed);
  ASSERT_EQ(results[1].attempts.size(), 1u);
  EXPECT_TRUE(results[1].attempts[0].disk_full);
  EXPECT_EQ(results[2].outcome, Outcome::not_run);
  EXPECT_EQ(status_of(results, false), ExitStatus::harness_error);
}
TEST(Pool, AResultThatCannotBeKeptIsNone) {
  std::vector<std::string> kept;
  Watcher watcher;
  const auto results = run_all(
      instances(4), in_order(4), {.jobs = 1},
      [](const Instance& one, unsigned) {
        return attempt(one.scenario.name == "0" ? VerdictKind::panic : VerdictKind::pass);
      },
      watcher,
      [&](const InstanceResult& result) {
        if (result.name == "1") throw Error("it is a folder");
        if (result.name == "2") throw DiskFull("no room");
        kept.push_back(result.name + " " + outcome_name(result.outcome));
      });
  EXPECT_EQ(kept, std::vector<std::string>{"0 failed"});
  EXPECT_EQ(results[1].outcome, Outcome::failed);
  EXPECT_EQ(results[1].verdict().kind, VerdictKind::harness_error);
  EXPECT_EQ(results[1].verdict().reason, "it is a folder");
  EXPECT_EQ(results[2].outcome, Outcome::failed);
  EXPECT_EQ(results[3].outcome, Outcome::not_run) << "the disk is full";
}
TEST(Pool, WhatWasInterruptedIsNotKept) {
  Watcher watcher;
  run_all(
      instances(1), in_order(1), {.jobs = 1},
      [](const Instance&, unsigned) -> Attempt {
        throw Error("interrupted", "", ExitStatus::interrupted);
      },
      watcher, [](const InstanceResult& result) { ADD_FAILURE() << result.name; });
}

}  // namespace
}  // namespace harness
