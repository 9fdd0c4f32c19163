#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/text.h"
#include "cluster/chunks.h"
#include "cluster/task_script.h"
#include "commands/cluster_suite.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kAnswerLimit = std::chrono::minutes(2);

/// The answer of an engine to argv. Throws Error where there is none.
std::string answer_of(const std::vector<std::string>& argv) {
  const QueryResult result = query(argv, kAnswerLimit, OnInterrupt::go_on);
  if (!result.answered()) throw Error(argv.front() + ": " + result.failure());
  return result.output;
}

std::size_t largest_array(const ClusterDriver& driver) {
  const std::vector<std::string> argv = driver.limits();
  const auto largest = driver.largest_array(answer_of(argv));
  if (largest) return *largest;
  throw Error(fmt::format("{} does not say how large an array of jobs may be", argv.front()),
              "see docs/CLUSTER.md for handing in parts yourself");
}

/// This program, as a name that other machines can use.
std::string own_path() {
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/exe", error);
  if (error) throw Error("cannot find this program: " + error.message());
  return path.string();
}

/// The files that the tasks of a round read: they stay as they are, for tasks may be started again.
fs::path write_script(const ClusterSuite& suite, const std::vector<std::size_t>& parts,
                      const std::vector<std::string>& given) {
  std::string lines;
  for (const std::size_t part : parts) lines += fmt::format("{}/{}\n", part, suite.job.parts);
  const fs::path list = suite.state / fmt::format("parts-{}.txt", suite.job.rounds);
  write_atomically(list, lines);
  TaskScript script{.program = {own_path(), "run", "--plan", (suite.root / kPlanFile).string()},
                    .parts = list,
                    .folder = suite.state};
  script.program.insert(script.program.end(), given.begin(), given.end());
  const fs::path file = suite.state / fmt::format("task-{}.sh", suite.job.rounds);
  write_atomically(file, render_task_script(suite.driver, script));
  return file;
}

}  // namespace

std::string cancel_jobs(const ClusterDriver& driver, const std::vector<std::string>& jobs) {
  if (jobs.empty()) return {};
  const QueryResult result = query(driver.cancel(jobs), kAnswerLimit, OnInterrupt::go_on);
  return result.answered() ? "" : driver.cancel(jobs).front() + ": " + result.failure();
}

void hand_in(ClusterSuite& suite, const std::vector<std::size_t>& parts,
             const std::vector<std::string>& given) {
  const ClusterDriver& driver = suite.driver;
  const std::size_t largest = largest_array(driver);
  ++suite.job.rounds;
  suite.job.jobs.clear();
  ArraySubmission array{.name = "uniharness",
                        .script = write_script(suite, parts, given),
                        .logs = suite.state,
                        .at_once = suite.job.at_once,
                        .words = suite.job.words};
  try {
    for (const TaskArray& one : task_arrays(parts.size(), largest)) {
      array.offset = one.offset;
      array.count = one.count;
      if (!suite.job.jobs.empty()) array.after = suite.job.jobs.back();
      const std::string said = answer_of(driver.submit(array));
      const auto job = driver.submitted(said);
      if (!job) {
        throw Error(fmt::format("{} does not say which job it made: {}", driver.name,
                                printable(said.substr(0, 200))),
                    "look for jobs named uniharness");
      }
      suite.job.jobs.push_back(*job);
      write_atomically(suite.state / kJobFile, render_job_file(suite.job));
    }
  } catch (const Error&) {
    cancel_jobs(driver, suite.job.jobs);
    throw;
  }
}

}  // namespace harness
