// Slurm: sbatch, squeue, scancel.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "cluster/engines.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

Words slurm_limits() { return {"scontrol", "show", "config"}; }

/// "MaxArraySize            = 1001": indexes are below it, and ours begin at 1.
std::optional<std::size_t> slurm_largest_array(std::string_view output) {
  while (!output.empty()) {
    std::string_view line = trimmed(next_answer_line(output));
    if (!take(line, "MaxArraySize")) continue;
    line = trimmed(line);
    if (!take(line, "=")) continue;
    const auto size = count_in_answer(trimmed(line));
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
  const std::string_view job = trimmed(next_answer_line(output));
  if (!trimmed(output).empty() || !count_in_answer(job)) return std::nullopt;
  return std::string(job);
}

/// What the user's environment says to squeue could hide tasks.
Words slurm_poll(const std::string& name) {
  Words words = {"env"};
  for (const char* variable : {"SQUEUE_ACCOUNT", "SQUEUE_ARRAY", "SQUEUE_ARRAY_UNIQUE",
                               "SQUEUE_CLUSTERS", "SQUEUE_FORMAT2", "SQUEUE_LICENSES",
                               "SQUEUE_NAMES", "SQUEUE_PARTITION", "SQUEUE_QOS", "SQUEUE_USERS"}) {
    words.insert(words.end(), {"-u", variable});
  }
  words.insert(words.end(),
               {"squeue", "--noheader", "--me", "--states=all", "--format=%F|%K|%T|%N|%j"});
  if (!name.empty()) words.push_back("--name=" + name);
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
    std::string_view line = trimmed(next_answer_line(output));
    if (line.empty()) continue;
    std::array<std::string, 5> fields;  // a name may have anything in it, and is the last
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::size_t end = i + 1 == fields.size() ? line.npos : line.find('|');
      if ((end == std::string_view::npos) != (i + 1 == fields.size())) return std::nullopt;
      fields[i] = printable(trimmed(line.substr(0, end)));
      line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    }
    if (!count_in_answer(fields[0]) || fields[1].empty() || fields[2].empty()) return std::nullopt;
    const TaskPhase phase = slurm_phase(fields[2]);
    tasks.push_back({fields[0], fields[1], fields[2], fields[3], fields[4], phase});
  }
  return tasks;
}

Words slurm_cancel(const std::vector<std::string>& jobs) {
  Words words = {"scancel"};
  words.insert(words.end(), jobs.begin(), jobs.end());
  return words;
}

}  // namespace

const ClusterDriver& slurm_driver() {
  static constexpr ClusterDriver kSlurm = {.name = "slurm",
                                           .index_variable = "SLURM_ARRAY_TASK_ID",
                                           .cpus_variable = "SLURM_CPUS_PER_TASK",
                                           .refused_in_paths = "%",
                                           .limits = slurm_limits,
                                           .largest_array = slurm_largest_array,
                                           .submit = slurm_submit,
                                           .submitted = slurm_submitted,
                                           .poll = slurm_poll,
                                           .queue = slurm_queue,
                                           .cancel = slurm_cancel};
  return kSlurm;
}

}  // namespace harness
