// A suite that is handed to an engine: where its files lie, what is in the queue, what has come.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cluster/driver.h"
#include "cluster/job_file.h"
#include "cluster/query.h"
#include "output/suite_progress.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// Below the folder of the suite. No instance has a name that begins with a dot.
inline constexpr char kClusterFolder[] = ".cluster";
inline constexpr char kJobFile[] = "job.json";

struct ClusterSuite {
  const ClusterDriver& driver;
  std::filesystem::path root;   // absolute; merged reports, plan.json
  std::filesystem::path state;  // root/.cluster: job.json, scripts, the parts and their logs
  PlanFile file;
  JobFile job;
  std::vector<std::size_t> parts = {};  // of each instance its part, counted from 1
};

/// Positions of the instances that have left no complete result in their part.
std::vector<std::size_t> without_result(const ClusterSuite& suite);

/// Writes job.json.
void write_job_file(const ClusterSuite& suite);

/// Hands in these parts, in as few jobs as the engine allows, and writes job.json: before, so that
/// a job is found by its name whenever this process dies, and after each job. `given`: what each
/// task's `uniharness run` is given besides. Throws Error with what the engine said; what was
/// handed in until then is cancelled.
void hand_in(ClusterSuite& suite, const std::vector<std::size_t>& parts,
             const std::vector<std::string>& given);

/// What of a suite's jobs is in the queue, those that it does not know the number of included;
/// nullopt, and why, where that is not known.
struct QueueState {
  std::optional<std::vector<QueuedTask>> tasks = {};
  std::string failure = {};
  [[nodiscard]] bool is_gone() const;  // known, and nothing of it will run any more
};
QueueState ask_queue(const ClusterDriver& driver, const JobFile& job, OnInterrupt on_interrupt);

/// Takes the jobs out of the queue, whatever Ctrl-C says. Returns why that failed, or empty.
std::string cancel_jobs(const ClusterDriver& driver, const JobFile& job);

enum class Followed {
  complete,     // every instance has a result
  gone,         // nothing of it will run any more, and something has no result
  interrupted,  // Ctrl-C
};
/// Waits, and tells of what comes. A queue that cannot be asked is waited for.
Followed follow(const ClusterSuite& suite, SuiteProgress& progress);

}  // namespace harness
