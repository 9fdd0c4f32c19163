// The engines that a suite can be handed to. To add one: a row in driver.cpp.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// Tasks 1 to `count` of one script.
struct ArraySubmission {
  std::string name;              // letters, digits and '-', beginning with a letter
  std::filesystem::path script;  // absolute
  std::filesystem::path logs;    // folder for what the tasks print
  std::size_t offset = 0;        // the script's argument
  std::size_t count = 0;
  std::size_t at_once = 0;
  std::string after = {};               // the job that must end before, or empty
  std::vector<std::string> words = {};  // of the user, before ours: ours count
};

enum class TaskPhase { waiting, running, over };

/// A line of the queue: one task, or many that wait.
struct QueuedTask {
  std::string job, index, state, node, name;
  TaskPhase phase = TaskPhase::waiting;
};

/// Argument vectors to run, and what their outputs mean. A parser returns nullopt for what it does
/// not understand: a task must never count as gone because a line was not read.
struct ClusterDriver {
  std::string_view name;              // --on NAME
  std::string_view index_variable;    // holds a task's number
  std::string_view cpus_variable;     // holds how many processors a task has, where set
  std::string_view refused_in_paths;  // characters that it would read as its own
  std::vector<std::string> (*limits)();
  std::optional<std::size_t> (*largest_array)(std::string_view output);
  std::vector<std::string> (*submit)(const ArraySubmission& submission);
  std::optional<std::string> (*submitted)(std::string_view output);  // the job's name
  // At least all tasks of that name; where it is empty, all.
  std::vector<std::string> (*poll)(const std::string& name);
  std::optional<std::vector<QueuedTask>> (*queue)(std::string_view output);
  std::vector<std::string> (*cancel)(const std::vector<std::string>& jobs);
};

/// Their names, as a sentence lists them.
std::string known_engines();

/// Throws UsageError naming those that are known.
const ClusterDriver& cluster_driver(std::string_view name);

}  // namespace harness
