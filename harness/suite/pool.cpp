#include "suite/pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/disk_full.h"
#include "base/text.h"
#include "suite/outcome.h"

namespace harness {
namespace {

using Clock = std::chrono::steady_clock;

/// What `action` returns, or the attempt that its exception makes.
template <class Action>
Attempt caught(const Action& action) {
  Attempt attempt;
  try {
    attempt = action();
  } catch (const Error& error) {
    const bool stopped = error.status == ExitStatus::interrupted;
    attempt.verdict = {stopped ? VerdictKind::interrupted : VerdictKind::harness_error,
                       error.what()};
    if (!error.hint.empty()) attempt.evidence = "hint: " + error.hint;
    attempt.disk_full = dynamic_cast<const DiskFull*>(&error) != nullptr;
  } catch (const std::exception& error) {
    attempt.verdict = {VerdictKind::harness_error, std::string("unexpected: ") + error.what()};
  }
  attempt.verdict.reason = printable_lines(attempt.verdict.reason);
  attempt.evidence = printable_lines(attempt.evidence);
  return attempt;
}

/// An attempt, whatever happens in it.
Attempt timed(const RunAttempt& run, const Instance& instance, unsigned retry) {
  const Clock::time_point start = Clock::now();
  Attempt attempt = caught([&] { return run(instance, retry); });
  attempt.wall = Clock::now() - start;
  return attempt;
}

bool is_interrupted(const Attempt& attempt) {
  return attempt.verdict.kind == VerdictKind::interrupted;
}

class Pool {
 public:
  Pool(const std::vector<Instance>& instances, const std::vector<std::size_t>& order,
       const PoolOptions& options, const RunAttempt& run, const KeepResult& keep)
      : instances_(instances), order_(order), options_(options), run_(run), keep_(keep) {
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
      const Instance& instance = instances_[position];
      lock.unlock();
      attempt_all(instance, result.attempts, slot);
      result.outcome = settle(result.attempts, !instance.quarantine.empty());
      keep(result);
      lock.lock();
      slot = {};
      const bool interrupted = result.outcome == Outcome::not_run;
      if (!interrupted) ended_.push_back(position);
      const bool counts = status_of(result, options_.allow_flaky) != ExitStatus::pass;
      stop_ |= interrupted || result.attempts.back().disk_full || (options_.fail_fast && counts);
      news_.notify_one();
    }
    --alive_;
    news_.notify_one();
  }

  /// The lock is not held; of this, `slot` is all that others look at.
  void attempt_all(const Instance& instance, std::vector<Attempt>& attempts, Running& slot) {
    for (unsigned retry = 0; retry <= options_.retries; ++retry) {
      {
        const std::lock_guard lock(mutex_);
        slot = {&instance, retry, Clock::now()};
      }
      attempts.push_back(timed(run_, instance, retry));
      const Attempt& last = attempts.back();
      if (is_interrupted(last) || last.disk_full || !is_failure(last)) return;
    }
  }

  /// A result that cannot be kept becomes one of the harness, whatever the guest did.
  void keep(InstanceResult& result) const {
    const Attempt& last = result.attempts.back();
    if (!keep_ || is_interrupted(last) || last.disk_full) return;
    const Attempt kept = caught([&] {
      keep_(result);
      return Attempt{};
    });
    if (kept.verdict.kind == VerdictKind::pass) return;
    Attempt& first = result.attempts.front();
    first.verdict = kept.verdict;
    first.evidence = kept.evidence;
    first.disk_full = kept.disk_full;
    result.attempts.resize(1);
    result.outcome = Outcome::failed;
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
  const KeepResult& keep_;

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
                                    SuiteWatcher& watcher, const KeepResult& keep) {
  return Pool(instances, order, options, run, keep).run_all(watcher);
}

}  // namespace harness
