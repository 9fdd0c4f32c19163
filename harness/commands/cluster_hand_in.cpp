#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/files.h"
#include "base/text.h"
#include "cluster/chunks.h"
#include "cluster/task_script.h"
#include "commands/cluster_suite.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

constexpr char kLookForJobs[] =
    "if jobs named uniharness are in the queue all the same, cancel them";
constexpr std::chrono::milliseconds kAnswerLimit = std::chrono::minutes(2);

/// The answer of an engine to argv. Throws Error with `hint` where there is none.
std::string answer_of(const std::vector<std::string>& argv, const std::string& hint = {}) {
  const QueryResult result = query(argv, kAnswerLimit, OnInterrupt::go_on);
  if (!result.answered()) throw Error(argv.front() + ": " + result.failure(), hint);
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
  if (const char* const path = std::getenv("PATH")) script.path = path;
  script.program.insert(script.program.end(), given.begin(), given.end());
  const fs::path file = suite.state / fmt::format("task-{}.sh", suite.job.rounds);
  write_atomically(file, render_task_script(suite.driver, script));
  return file;
}

}  // namespace

std::string cancel_jobs(const ClusterDriver& driver, const JobFile& job) {
  std::set<std::string> jobs(job.jobs.begin(), job.jobs.end());
  for (const QueuedTask& task :
       ask_queue(driver, job, OnInterrupt::go_on).tasks.value_or(std::vector<QueuedTask>())) {
    if (task.phase != TaskPhase::over) jobs.insert(task.job);
  }
  std::string failure;
  for (const std::string& one : jobs) {
    const QueryResult result = query(driver.cancel({one}), kAnswerLimit, OnInterrupt::go_on);
    if (!result.answered()) failure = driver.cancel({one}).front() + ": " + result.failure();
  }
  // An engine may refuse to cancel what has ended already.
  if (failure.empty() || ask_queue(driver, job, OnInterrupt::go_on).is_gone()) return {};
  return failure;
}

void write_job_file(const ClusterSuite& suite) {
  write_atomically(suite.state / kJobFile, render_job_file(suite.job));
}

void hand_in(ClusterSuite& suite, const std::vector<std::size_t>& parts,
             const std::vector<std::string>& given) {
  const ClusterDriver& driver = suite.driver;
  const std::size_t largest = largest_array(driver);
  ++suite.job.rounds;
  suite.job.jobs.clear();
  write_job_file(suite);
  ArraySubmission array{.name = suite.job.name,
                        .script = write_script(suite, parts, given),
                        .logs = suite.state,
                        .at_once = suite.job.at_once,
                        .words = suite.job.words};
  try {
    for (const TaskArray& one : task_arrays(parts.size(), largest)) {
      array.offset = one.offset;
      array.count = one.count;
      if (!suite.job.jobs.empty()) array.after = suite.job.jobs.back();
      // qsub fails also where it only warns, of a job that no queue takes, and has handed it in:
      // that is cancelled below, by its name.
      const std::string said = answer_of(driver.submit(array), kLookForJobs);
      const auto job = driver.submitted(said);
      if (!job) {
        throw Error(fmt::format("{} does not say which job it made: {}", driver.name,
                                printable(said.substr(0, 200))),
                    kLookForJobs);
      }
      suite.job.jobs.push_back(*job);
      write_job_file(suite);
    }
  } catch (const Error&) {
    cancel_jobs(driver, suite.job);
    throw;
  }
}

}  // namespace harness
