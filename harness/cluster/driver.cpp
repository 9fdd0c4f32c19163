#include "cluster/driver.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

std::optional<std::size_t> count_in(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Cuts the first line off.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Words slurm_limits() { return {"scontrol", "show", "config"}; }

/// "MaxArraySize            = 1001": indexes are below it, and ours begin at 1.
std::optional<std::size_t> slurm_largest_array(std::string_view output) {
  while (!output.empty()) {
    std::string_view line = trimmed(next_line(output));
    if (!take(line, "MaxArraySize")) continue;
    line = trimmed(line);
    if (!take(line, "=")) continue;
    const auto size = count_in(trimmed(line));
    if (!size || *size < 2) return std::nullopt;
    return *size - 1;
  }
  return std::nullopt;
}

Words slurm_submit(const ArraySubmission& array) {
  Words words = {"sbatch"};
  words.insert(words.end(), array.words.begin(), array.words.end());
  for (std::string word :
       {std::string("--parsable"), std::string("--requeue"), std::string("--open-mode=append"),
        "--job-name=" + array.name, "--output=" + (array.logs / "%A_%a.log").string(),
        fmt::format("--array=1-{}%{}", array.count, array.at_once)}) {
    words.push_back(std::move(word));
  }
  if (!array.after.empty()) words.push_back("--dependency=afterany:" + array.after);
  words.push_back(array.script.string());
  words.push_back(std::to_string(array.offset));
  return words;
}

/// "123" or "123;cluster".
std::optional<std::string> slurm_submitted(std::string_view output) {
  const std::string_view job = trimmed(next_line(output));
  if (!trimmed(output).empty() || !count_in(job)) return std::nullopt;
  return std::string(job);
}

/// What the user's environment says to squeue could hide tasks.
Words slurm_poll() {
  Words words = {"env"};
  for (const char* variable : {"SQUEUE_ACCOUNT", "SQUEUE_ARRAY", "SQUEUE_ARRAY_UNIQUE",
                               "SQUEUE_CLUSTERS", "SQUEUE_FORMAT2", "SQUEUE_LICENSES",
                               "SQUEUE_NAMES", "SQUEUE_PARTITION", "SQUEUE_QOS", "SQUEUE_USERS"}) {
    words.insert(words.end(), {"-u", variable});
  }
  words.insert(words.end(),
               {"squeue", "--noheader", "--me", "--states=all", "--format=%F|%K|%T|%N"});
  return words;
}

TaskPhase slurm_phase(std::string_view state) {
  constexpr std::array<std::string_view, 9> kOver = {"BOOT_FAIL", "CANCELLED",     "COMPLETED",
                                                     "DEADLINE",  "FAILED",        "NODE_FAIL",
                                                     "PREEMPTED", "OUT_OF_MEMORY", "TIMEOUT"};
  if (std::ranges::find(kOver, state) != kOver.end()) return TaskPhase::over;
  return state == "RUNNING" ? TaskPhase::running : TaskPhase::waiting;
}

std::optional<std::vector<QueuedTask>> slurm_queue(std::string_view output) {
  std::vector<QueuedTask> tasks;
  while (!output.empty()) {
    std::string_view line = trimmed(next_line(output));
    if (line.empty()) continue;
    std::array<std::string, 4> fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::size_t end = line.find('|');
      if ((end == std::string_view::npos) != (i + 1 == fields.size())) return std::nullopt;
      fields[i] = printable(trimmed(line.substr(0, end)));
      line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    }
    if (!count_in(fields[0]) || fields[1].empty() || fields[2].empty()) return std::nullopt;
    const TaskPhase phase = slurm_phase(fields[2]);
    tasks.push_back({fields[0], fields[1], fields[2], fields[3], phase});
  }
  return tasks;
}

Words slurm_cancel(const std::vector<std::string>& jobs) {
  Words words = {"scancel"};
  words.insert(words.end(), jobs.begin(), jobs.end());
  return words;
}

constexpr ClusterDriver kDrivers[] = {
    {.name = "slurm",
     .index_variable = "SLURM_ARRAY_TASK_ID",
     .cpus_variable = "SLURM_CPUS_PER_TASK",
     .limits = slurm_limits,
     .largest_array = slurm_largest_array,
     .submit = slurm_submit,
     .submitted = slurm_submitted,
     .poll = slurm_poll,
     .queue = slurm_queue,
     .cancel = slurm_cancel},
};

}  // namespace

const ClusterDriver& cluster_driver(std::string_view name) {
  const auto* const at = std::ranges::find(kDrivers, name, &ClusterDriver::name);
  if (at != std::end(kDrivers)) return *at;
  std::string known;
  for (const ClusterDriver& one : kDrivers)
    known += (known.empty() ? "" : ", ") + std::string(one.name);
  throw UsageError(fmt::format("--on {}: no such engine", printable(name)),
                   "known: " + known + "; for others see docs/CLUSTER.md");
}

}  // namespace harness
