// Grid Engine (Son of Grid Engine 8.1): qsub, qstat, qdel.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "cluster/engines.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

Words grid_engine_limits() { return {"qconf", "-sconf"}; }

/// "max_aj_tasks   75000"; 0 is no limit.
std::optional<std::size_t> grid_engine_largest_array(std::string_view output) {
  while (!output.empty()) {
    std::string_view line = trimmed(next_answer_line(output));
    if (!take(line, "max_aj_tasks") || line.empty() || (line[0] != ' ' && line[0] != '\t'))
      continue;
    const auto size = count_in_answer(trimmed(line));
    return size == 0u ? std::numeric_limits<std::size_t>::max() : size;
  }
  return std::nullopt;
}

/// What a site's or a user's file of defaults (sge_request) says to another end stands here anew.
/// The shell is named, for a queue's own may be csh; -V: tasks find the programs that are found
/// here.
Words grid_engine_submit(const ArraySubmission& array) {
  Words words = {"qsub"};
  words.insert(words.end(), array.words.begin(), array.words.end());
  const std::string log = (array.logs / "$JOB_ID.$TASK_ID.log").string();
  words.insert(words.end(),
               {"-terse", "-cwd", "-V", "-S", "/bin/sh", "-b", "n", "-sync", "n", "-r", "y"});
  words.insert(words.end(), {"-j", "y", "-o", log, "-N", array.name});
  words.insert(words.end(), {"-t", fmt::format("1-{}", array.count)});
  words.insert(words.end(), {"-tc", std::to_string(array.at_once)});
  if (!array.after.empty()) words.insert(words.end(), {"-hold_jid", array.after});
  words.push_back(array.script.string());
  words.push_back(std::to_string(array.offset));
  return words;
}

/// "123.1-40:1".
std::optional<std::string> grid_engine_submitted(std::string_view output) {
  const std::string_view line = trimmed(next_answer_line(output));
  const std::size_t point = line.find('.');
  if (!trimmed(output).empty() || point == std::string_view::npos) return std::nullopt;
  const std::string_view job = line.substr(0, point);
  std::string_view tasks = line.substr(point + 1);
  if (!count_in_answer(job) || !take(tasks, "1-") || !tasks.ends_with(":1")) return std::nullopt;
  tasks.remove_suffix(2);
  return count_in_answer(tasks) ? std::optional(std::string(job)) : std::nullopt;
}

/// All that is named here widens what a file of defaults (sge_qstat) may have narrowed.
Words grid_engine_poll(const std::string& /*name*/) {
  return {"qstat", "-xml", "-u", "*", "-s", "prs", "-q", "*"};
}

/// The text of "<NAME>text</NAME>", which is all of `line`.
std::optional<std::string_view> element(std::string_view line, std::string_view name) {
  if (!take(line, "<") || !take(line, name) || !take(line, ">")) return std::nullopt;
  if (!line.ends_with(">")) return std::nullopt;
  line.remove_suffix(1);
  if (!line.ends_with(name)) return std::nullopt;
  line.remove_suffix(name.size());
  if (!line.ends_with("</")) return std::nullopt;
  line.remove_suffix(2);
  return line;
}

void read_element(std::string_view line, QueuedTask& task) {
  if (const auto job = element(line, "JB_job_number")) task.job = printable(*job);
  if (const auto name = element(line, "JB_name")) task.name = printable(*name);
  if (const auto state = element(line, "state")) task.state = printable(*state);
  if (const auto tasks = element(line, "tasks")) task.index = printable(*tasks);
  if (const auto queue = element(line, "queue_name")) {
    task.node = printable(queue->substr(std::min(queue->find('@') + 1, queue->size())));
  }
}

/// A task that has ended is in no list. One that waits has "qw" in its state; any other has a
/// node, be it suspended or about to be deleted.
TaskPhase grid_engine_phase(const QueuedTask& task) {
  return contains(task.state, "qw") || task.node.empty() ? TaskPhase::waiting : TaskPhase::running;
}

/// qstat writes an element a line, and escapes what is in it.
std::optional<std::vector<QueuedTask>> grid_engine_queue(std::string_view output) {
  std::vector<QueuedTask> tasks;
  std::optional<QueuedTask> open;
  std::size_t depth = 0;  // it has a job_info in a job_info
  bool whole = false;
  if (!output.starts_with("<?xml ")) return std::nullopt;
  next_answer_line(output);
  while (!output.empty()) {
    const std::string_view line = trimmed(next_answer_line(output));
    if (whole || !line.starts_with('<') || !line.ends_with('>')) return std::nullopt;
    if (line.starts_with("<job_list ")) {
      if (open) return std::nullopt;
      open.emplace();
    } else if (line == "</job_list>") {
      if (!open || !count_in_answer(open->job) || open->state.empty()) return std::nullopt;
      open->phase = grid_engine_phase(*open);
      tasks.push_back(std::move(*open));
      open.reset();
    } else if (open) {
      read_element(line, *open);
    } else if (line.starts_with("<job_info")) {
      ++depth;
    } else if (line == "</job_info>") {
      if (depth == 0) return std::nullopt;
      whole = --depth == 0;
    }
  }
  return whole ? std::optional(tasks) : std::nullopt;
}

Words grid_engine_cancel(const std::vector<std::string>& jobs) {
  Words words = {"qdel"};
  words.insert(words.end(), jobs.begin(), jobs.end());
  return words;
}

}  // namespace

const ClusterDriver& grid_engine_driver() {
  static constexpr ClusterDriver kGridEngine = {.name = "gridengine",
                                                .index_variable = "SGE_TASK_ID",
                                                .cpus_variable = "NSLOTS",
                                                .refused_in_paths = ":,$",
                                                .limits = grid_engine_limits,
                                                .largest_array = grid_engine_largest_array,
                                                .submit = grid_engine_submit,
                                                .submitted = grid_engine_submitted,
                                                .poll = grid_engine_poll,
                                                .queue = grid_engine_queue,
                                                .cancel = grid_engine_cancel};
  return kGridEngine;
}

}  // namespace harness
