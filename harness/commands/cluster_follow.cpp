#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "base/parallel.h"
#include "base/text.h"
#include "cluster/task_script.h"
#include "commands/cluster_suite.h"
#include "process/interrupt.h"
#include "scenario/matrix.h"
#include "session/ran_here.h"
#include "session/suite_folder.h"
#include "suite_plan/merge.h"
#include "suite_plan/result_file.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookEvery{500};
constexpr std::chrono::milliseconds kAskEvery{2000};
constexpr std::chrono::milliseconds kQueueLimit = std::chrono::minutes(1);
/// A controller that is just starting may not know yet.
constexpr unsigned kGoneTimes = 2;

/// The result of an instance in this folder, where it is a complete one.
std::optional<InstanceResult> result_in(const fs::path& folder, const ClusterSuite& suite,
                                        std::size_t i) {
  std::error_code error;
  if (!fs::exists(folder / kResultFile, error)) return std::nullopt;
  const PlannedInstance& planned = suite.file.plan.instances[i];
  try {
    const SuiteResultFile result = load_result(folder);
    if (result.name != planned.name || !result_refusal(suite.file, planned, result).empty()) {
      return std::nullopt;
    }
    return settled_result(planned, result, folder);
  } catch (const Error&) {
    return std::nullopt;  // the merge says what is wrong with it
  }
}

std::optional<InstanceResult> result_that_came(const ClusterSuite& suite, std::size_t i) {
  const std::string name = folder_name(suite.file.plan.instances[i].name);
  auto result = result_in(part_folder(suite.state, suite.parts[i]) / name, suite, i);
  return result ? result : result_in(suite.root / kRanHereFolder / name, suite, i);
}

/// Whether a process has one of these parts: on a machine that the engine has given up, say.
bool somebody_runs(const ClusterSuite& suite, const std::vector<std::size_t>& positions) {
  std::set<std::size_t> parts;
  for (const std::size_t i : positions) parts.insert(suite.parts[i]);
  return std::ranges::any_of(parts, [&](std::size_t part) {
    const fs::path folder = part_folder(suite.state, part);
    std::error_code error;
    if (!fs::exists(folder, error)) return false;
    try {
      const SuiteFolder free(folder, SuiteFolder::Use::alone);
      return false;
    } catch (const Error&) {
      return true;
    }
  });
}

/// Until so much time has passed, or Ctrl-C.
void wait_a_little(std::chrono::milliseconds time) {
  pollfd wait = {interrupt_descriptor(), POLLIN, 0};
  poll(&wait, 1, static_cast<int>(time.count()));
}

/// What is known of the queue, asked now and then.
class Queue {
 public:
  explicit Queue(const ClusterSuite& suite) : suite_(suite) {}

  void ask_if_due(SuiteProgress& progress) {
    const Clock::time_point began = Clock::now();
    if (began < due_) return;
    QueueState now = ask_queue(suite_.driver, suite_.job, OnInterrupt::stop);
    if (interrupted()) return;
    // A controller that is busy is asked less often.
    due_ = Clock::now() + std::max<Clock::duration>(kAskEvery, 4 * (Clock::now() - began));
    gone_ = now.is_gone() ? gone_ + 1 : 0;
    if (now.tasks.has_value() != state_.tasks.has_value()) tell(now, progress);
    state_ = std::move(now);
  }

  [[nodiscard]] bool is_gone() const { return gone_ >= kGoneTimes; }

  void show(SuiteProgress& progress) const {
    std::vector<std::string> lines;
    for (const QueuedTask& task : state_.tasks.value_or(std::vector<QueuedTask>())) {
      if (task.phase != TaskPhase::running) continue;
      lines.push_back(fmt::format("  {}_{}  {}", task.job, task.index, task.node));
    }
    progress.show(lines.size(), lines);
  }

 private:
  void tell(const QueueState& now, SuiteProgress& progress) const {
    progress.note(now.tasks ? fmt::format("{} answers again", suite_.driver.name)
                            : fmt::format("{} does not say what runs ({}); waiting",
                                          suite_.driver.name, now.failure));
  }

  const ClusterSuite& suite_;
  QueueState state_{.tasks = std::vector<QueuedTask>()};
  Clock::time_point due_;
  unsigned gone_ = 0;
};

}  // namespace

bool QueueState::is_gone() const {
  return tasks && std::ranges::all_of(
                      *tasks, [](const QueuedTask& task) { return task.phase == TaskPhase::over; });
}

QueueState ask_queue(const ClusterDriver& driver, const JobFile& job, OnInterrupt on_interrupt) {
  const QueryResult result = query(driver.poll(job.name), kQueueLimit, on_interrupt);
  if (!result.answered()) return {.tasks = std::nullopt, .failure = result.failure()};
  QueueState state{.tasks = driver.queue(result.output)};
  if (!state.tasks) return {.tasks = std::nullopt, .failure = "its answer is not understood"};
  std::erase_if(*state.tasks, [&](const QueuedTask& task) {
    const bool is_named = !job.name.empty() && task.name == job.name;
    return !is_named && std::ranges::find(job.jobs, task.job) == job.jobs.end();
  });
  return state;
}

std::vector<std::size_t> without_result(const ClusterSuite& suite) {
  std::vector<char> has(suite.parts.size());
  parallel_for(has.size(),
               [&](std::size_t i) { has[i] = result_that_came(suite, i).has_value() ? 1 : 0; });
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < has.size(); ++i) {
    if (has[i] == 0) positions.push_back(i);
  }
  return positions;
}

Followed follow(const ClusterSuite& suite, SuiteProgress& progress) {
  std::vector<std::size_t> open(suite.parts.size());
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
  const auto take_what_came = [&] {
    std::erase_if(open, [&](std::size_t i) {
      const auto result = result_that_came(suite, i);
      if (result) progress.ended(*result);
      return result.has_value();
    });
  };
  Queue queue(suite);
  for (;;) {
    const Clock::time_point began = Clock::now();
    take_what_came();
    if (open.empty()) return Followed::complete;
    if (interrupted()) return Followed::interrupted;
    if (queue.is_gone() && !somebody_runs(suite, open)) {
      take_what_came();  // between the first look and the queue's word something may have come
      return open.empty() ? Followed::complete : Followed::gone;
    }
    queue.ask_if_due(progress);
    queue.show(progress);
    // Of a slow file system most of the time is left to the tasks.
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    wait_a_little(std::max(kLookEvery, took));
  }
}

}  // namespace harness
