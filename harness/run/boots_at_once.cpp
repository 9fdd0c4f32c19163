#include "run/boots_at_once.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "live/status.h"
#include "process/interrupt.h"
#include "run/boots.h"
#include "run/clock_watch.h"
#include "run/plan.h"

namespace harness {
namespace {

/// Who boots what next, and what came of it. All of it is used by several threads.
class SideBySide {
 public:
  SideBySide(const Scenario& scenario, Progress& progress)
      : scenario_(scenario), progress_(progress), boots_(scenario.boots), end_(scenario.boots) {}

  /// Counted from 0; nullopt where nothing is left to do.
  std::optional<std::size_t> next() {
    const std::scoped_lock lock(mutex_);
    if (next_ >= end_ || interrupted()) return std::nullopt;
    return next_++;
  }

  void ended(std::size_t i, BootRecord boot) {
    const std::scoped_lock lock(mutex_);
    if (!worth_another_boot(boot)) end_ = std::min(end_, i + 1);
    boots_[i] = std::move(boot);
    for (; told_ < end_; ++told_) {
      const std::optional<BootRecord>& one = boots_[told_];
      if (!one) break;
      progress_.done(boot_outcome(scenario_, *one));
    }
  }
  void failed(std::size_t i, std::exception_ptr error) {
    const std::scoped_lock lock(mutex_);
    if (i >= end_) return;
    end_ = i;
    error_ = std::move(error);
  }

  /// When all threads have ended.
  [[nodiscard]] std::vector<BootRecord> take() {
    if (error_ && !interrupted()) std::rethrow_exception(error_);
    std::vector<BootRecord> all;
    for (std::optional<BootRecord>& boot : boots_) {
      if (!boot || all.size() == end_) break;
      all.push_back(std::move(*boot));
    }
    return all;
  }

 private:
  const Scenario& scenario_;
  Progress& progress_;
  std::mutex mutex_;
  std::vector<std::optional<BootRecord>> boots_;
  std::size_t next_ = 0, told_ = 0;
  std::size_t end_;  // behind the last boot that counts
  std::exception_ptr error_;
};

}  // namespace

bool may_boot_at_once(const Scenario& scenario) {
  return scenario.clock == ClockKind::counted && !scenario.image.persist && !scenario.power_cuts;
}

bool worth_another_boot(const BootRecord& last) {
  return last.trace.started &&
         (last.trace.stop == StopReason::none || last.trace.stop == StopReason::satisfied) &&
         last.trace.left_out == 0;
}

std::vector<BootRecord> boot_at_once(Machine& machine, const Scenario& scenario, const Image& image,
                                     unsigned jobs, Progress& progress, LiveReporter& live) {
  SideBySide boots(scenario, progress);
  // Of several guests that speak at the same time, `view` shows those of this thread.
  const auto work = [&](LiveReporter* shown) {
    ClockWatch watch(machine, scenario);
    Progress quiet(ProgressStyle::none);
    while (const auto i = boots.next()) {
      try {
        if (shown != nullptr) shown->boot_begins(*i + 1);
        const Job job = make_job(scenario, image, *i + 1);
        boots.ended(*i, boot_once(watch, job, *i + 1, scenario, false, quiet, shown));
      } catch (...) {
        boots.failed(*i, std::current_exception());
      }
    }
  };
  progress.now(fmt::format("{} boots, {} at a time", scenario.boots, jobs));
  {
    std::vector<std::jthread> others;
    while (others.size() + 1 < std::min<std::size_t>(jobs, scenario.boots)) {
      try {
        others.emplace_back(work, nullptr);
      } catch (const std::system_error&) {
        break;  // no more threads to be had: these do it all
      }
    }
    work(&live);
  }
  return boots.take();
}

}  // namespace harness
