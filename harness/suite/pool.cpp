#include "suite/pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "suite/outcome.h"

namespace harness {
namespace {

using Clock = std::chrono::steady_clock;

/// An attempt, whatever happens in it.
Attempt guarded(const RunAttempt& run, const Instance& instance, unsigned retry) {
  const Clock::time_point start = Clock::now();
  Attempt attempt;
  try {
    attempt = run(instance, retry);
  } catch (const Error& error) {
    const bool stopped = error.status == ExitStatus::interrupted;
    attempt.verdict = {stopped ? VerdictKind::interrupted : VerdictKind::harness_error,
                       error.what()};
    if (!error.hint.empty()) attempt.evidence = "hint: " + error.hint;
  } catch (const std::exception& error) {
    attempt.verdict = {VerdictKind::harness_error, std::string("unexpected: ") + error.what()};
  }
  attempt.wall = Clock::now() - start;
  return attempt;
}

class Pool {
 public:
  Pool(const std::vector<Instance>& instances, const std::vector<std::size_t>& order,
       const PoolOptions& options, const RunAttempt& run)
      : instances_(instances), order_(order), options_(options), run_(run) {
    for (const Instance& instance : instances) {
      results_.push_back({.name = instance.scenario.name,
                          .scenario_file = instance.scenario.file,
                          .folder = instance.folder,
                          .quarantine = instance.quarantine});
    }
  }

  std::vector<InstanceResult> run_all(SuiteWatcher& watcher) {
    std::vector<std::jthread> workers;
    const std::size_t wanted = std::min<std::size_t>(std::max(options_.jobs, 1u), order_.size());
    slots_.resize(wanted);
    alive_ = wanted;
    for (std::size_t i = 0; i < wanted; ++i) {
      try {
        workers.emplace_back([this, i] { work(slots_[i]); });
      } catch (const std::system_error& error) {
        const std::lock_guard lock(mutex_);
        alive_ -= wanted - i;
        if (i == 0) throw Error(std::string("cannot make a thread: ") + error.what());
        break;  // fewer at a time, then
      }
    }
    show(watcher);
    return std::move(results_);
  }

 private:
  /// What a worker does until there is nothing left.
  void work(Running& slot) {
    std::unique_lock lock(mutex_);
    while (!stop_ && next_ < order_.size()) {
      const std::size_t position = order_[next_++];
      InstanceResult& result = results_[position];
      attempt_all(instances_[position], result.attempts, slot, lock);
      result.outcome = settle(result.attempts, !instances_[position].quarantine.empty());
      slot = {};
      const bool interrupted = result.outcome == Outcome::not_run;
      if (!interrupted) ended_.push_back(position);
      const bool counts = status_of(result, options_.allow_flaky) != ExitStatus::pass;
      stop_ |= interrupted || (options_.fail_fast && counts);
      news_.notify_one();
    }
    --alive_;
    news_.notify_one();
  }

  /// The lock is held on entry and on return, and not while an attempt runs.
  void attempt_all(const Instance& instance, std::vector<Attempt>& attempts, Running& slot,
                   std::unique_lock<std::mutex>& lock) {
    for (unsigned retry = 0; retry <= options_.retries; ++retry) {
      slot = {&instance, retry, Clock::now()};
      lock.unlock();
      Attempt attempt = guarded(run_, instance, retry);
      lock.lock();
      attempts.push_back(std::move(attempt));
      const bool interrupted = attempts.back().verdict.kind == VerdictKind::interrupted;
      if (interrupted || !is_failure(attempts.back())) return;
    }
  }

  void show(SuiteWatcher& watcher) {
    // Ten times a second is all that an eye can follow.
    constexpr std::chrono::milliseconds kTick{100};
    std::unique_lock lock(mutex_);
    while (alive_ > 0 || !ended_.empty()) {
      news_.wait_for(lock, kTick, [this] { return !ended_.empty() || alive_ == 0; });
      std::vector<std::size_t> ended;
      ended.swap(ended_);
      std::vector<Running> running;
      std::ranges::copy_if(slots_, std::back_inserter(running),
                           [](const Running& slot) { return slot.instance != nullptr; });
      lock.unlock();
      // A result is not touched again once its position has been handed over.
      for (const std::size_t position : ended) watcher.ended(results_[position]);
      watcher.tick(running);
      lock.lock();
    }
  }

  const std::vector<Instance>& instances_;
  const std::vector<std::size_t>& order_;
  const PoolOptions& options_;
  const RunAttempt& run_;

  std::mutex mutex_;
  std::condition_variable news_;
  std::size_t next_ = 0;   // in order_
  std::size_t alive_ = 0;  // workers
  bool stop_ = false;
  std::vector<Running> slots_;      // one a worker
  std::vector<std::size_t> ended_;  // not shown yet
  std::vector<InstanceResult> results_;
};

}  // namespace

std::vector<InstanceResult> run_all(const std::vector<Instance>& instances,
                                    const std::vector<std::size_t>& order,
                                    const PoolOptions& options, const RunAttempt& run,
                                    SuiteWatcher& watcher) {
  return Pool(instances, order, options, run).run_all(watcher);
}

}  // namespace harness
