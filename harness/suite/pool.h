// Running many instances at once, each on a thread of its own until it has ended.
//
// Threads, not processes: a boot is a child process already, and all that the harness does beside
// it shares no state. QEMU dies with the thread that started it (PR_SET_PDEATHSIG), so a thread
// lives as long as the boots it makes; and when the harness dies, all threads do.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <vector>

#include "suite/suite.h"

namespace harness {

/// Runs an instance once. `retry` counts the attempts before this one. Called on worker threads,
/// for several instances at the same time. What it throws becomes a harness_error of the attempt;
/// one whose verdict is `interrupted` ends the suite.
using RunAttempt = std::function<Attempt(const Instance& instance, unsigned retry)>;

/// Keeps the result of an instance whose attempts have all ended, before the watcher hears of it;
/// not called for one that was interrupted, nor for one that a full disk made fail. Called on
/// worker threads. What it throws makes the result a harness_error: one that is not kept is none.
using KeepResult = std::function<void(const InstanceResult& result)>;

struct PoolOptions {
  unsigned jobs = 1;
  unsigned retries = 0;    // further attempts of an instance that failed
  bool fail_fast = false;  // after a failure that counts, no instance is begun
  bool allow_flaky = false;
};

/// An instance that is being run.
struct Running {
  const Instance* instance = nullptr;
  unsigned retry = 0;
  std::chrono::steady_clock::time_point since;
};

/// Where the state of a suite is shown. Called on the thread that called run_all() only.
struct SuiteWatcher {
  virtual ~SuiteWatcher() = default;
  virtual void ended(const InstanceResult& result) = 0;
  /// Several times a second, and after each `ended`.
  virtual void tick(std::span<const Running> running) = 0;
};

/// Runs the instances, begun in the order of `order` (positions in `instances`). The results are
/// in the order of `instances`; their texts are printable. After a DiskFull no instance is begun:
/// its verdict would be lost, too. Throws Error where not a single thread can be made.
std::vector<InstanceResult> run_all(const std::vector<Instance>& instances,
                                    const std::vector<std::size_t>& order,
                                    const PoolOptions& options, const RunAttempt& run,
                                    SuiteWatcher& watcher, const KeepResult& keep = {});

}  // namespace harness
