#include "commands/cluster_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/files.h"
#include "base/listing.h"
#include "base/text.h"
#include "cluster/chunks.h"
#include "cluster/task_script.h"
#include "commands/cluster_suite.h"
#include "commands/merge.h"
#include "session/ran_here.h"
#include "session/suite_folder.h"
#include "session/suite_planning.h"
#include "session/suite_run.h"
#include "suite_plan/part.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLogEnd = 4096;

fs::path suite_root(const ClusterOptions& options) {
  const fs::path& resume = options.suite.resume;
  const fs::path root =
      fs::absolute(resume.empty() ? root_folder(options.suite) : resume).lexically_normal();
  const std::string name = root.string();
  const std::string_view refused = cluster_driver(options.engine).refused_in_paths;
  if (printable(name) != name || name.find_first_of(refused) != std::string::npos) {
    throw UsageError(
        fmt::format("--out {}: {} does not take such a name of a folder", printable(name),
                    options.engine),
        fmt::format("use letters, digits, blanks and punctuation other than {}", refused));
  }
  return root;
}

JobFile load_job(const fs::path& state) {
  const fs::path file = state / kJobFile;
  return job_file_from_json(read_file(file), file.string());
}

/// By number, or by name where none is known.
std::string jobs_text(const JobFile& job) { return job.jobs.empty() ? job.name : listed(job.jobs); }

/// An earlier suite's files make room, unless something of it is still to run.
void clear_state(const fs::path& root, const fs::path& state) {
  std::error_code error;
  if (fs::exists(state / kJobFile, error)) {
    const JobFile job = load_job(state);
    const QueueState queue = ask_queue(cluster_driver(job.engine), job, OnInterrupt::stop);
    if (!queue.is_gone()) {
      throw Error(
          fmt::format("{}: {} of an earlier suite {}", root.string(), jobs_text(job),
                      queue.tasks ? "is still in the queue" : "may still run: " + queue.failure),
          fmt::format("uniharness run --on {} --resume {}  follows it", job.engine, root.string()));
    }
  }
  for (const auto& entry : fs::directory_iterator(state)) {
    if (entry.path().filename() == kSuiteLockFile) continue;
    fs::remove_all(entry.path(), error);
    if (error) cannot("remove", entry.path(), error.value());
  }
}

PlanFile plan_for(const ClusterOptions& options) {
  if (!options.suite.plan.empty()) {
    PlanFile file = load_plan(options.suite.plan);
    require_planned_tool(file.plan);
    return file;
  }
  SuitePlan plan = plan_suite(options.suite);
  plan.parts = part_count(plan, options.suite.jobs);
  return plan_file(std::move(plan));
}

/// What each task is told besides its part.
std::vector<std::string> given_to_tasks(const ClusterOptions& options) {
  std::vector<std::string> words;
  const fs::path& build_dir = options.suite.run.build.build_dir;
  if (!build_dir.empty()) words = {"--build-dir", fs::absolute(build_dir).string()};
  if (options.suite.run.hide_hostname) words.emplace_back("--no-hostname");
  return words;
}

void hand_in_what_is_open(ClusterSuite& suite, const ClusterOptions& options) {
  std::set<std::size_t> parts;
  for (const std::size_t i : without_result(suite)) parts.insert(suite.parts[i]);
  if (!parts.empty()) hand_in(suite, {parts.begin(), parts.end()}, given_to_tasks(options));
}

/// That no other suite has.
std::string new_job_name() {
  std::random_device device;
  return fmt::format("uniharness-{:08x}{:08x}", device(), device());
}

ClusterSuite begin(const ClusterOptions& options, const fs::path& root, const fs::path& state) {
  if (options.suite.jobs == 0) {
    throw UsageError("--on " + options.engine + ": how many tasks run at a time is not said",
                     "add -j N");
  }
  const ClusterDriver& driver = cluster_driver(options.engine);
  ClusterSuite suite{
      .driver = driver, .root = root, .state = state, .file = plan_for(options), .job = {}};
  const SuitePlan& plan = suite.file.plan;
  suite.job = {.engine = std::string(driver.name),
               .plan_sha256 = suite.file.sha256,
               .name = new_job_name(),
               .parts = plan.parts != 0 ? plan.parts : part_count(plan, options.suite.jobs),
               .at_once = options.suite.jobs,
               .words = options.words};
  suite.parts = parts_of(plan, suite.job.parts);
  clear_state(root, state);
  write_job_file(suite);
  keep_plan(root, suite.file, whole_plan(plan));
  hand_in_what_is_open(suite, options);
  return suite;
}

/// What `run --resume` did on this machine in between counts, and is not handed in again.
void take_over_what_ran_here(const ClusterSuite& suite) {
  const SuiteFolder alone(suite.root, SuiteFolder::Use::alone);
  set_aside_what_ran_here(suite.root, suite.file);
}

ClusterSuite go_on(const ClusterOptions& options, const fs::path& root, const fs::path& state) {
  std::error_code error;
  if (!fs::exists(state / kJobFile, error)) {
    throw UsageError("--resume " + root.string() + ": nothing was handed to an engine from there",
                     "uniharness run SCENARIOS --on " + options.engine + " -j N --out FOLDER");
  }
  ClusterSuite suite{.driver = cluster_driver(options.engine),
                     .root = root,
                     .state = state,
                     .file = load_plan(root / kPlanFile),
                     .job = load_job(state)};
  if (suite.job.engine != options.engine) {
    throw UsageError("--on " + options.engine + ": the suite in " + root.string() + " runs on " +
                     suite.job.engine);
  }
  if (suite.job.plan_sha256 != suite.file.sha256) {
    throw Error(root.string() + ": its plan.json is not the one that was handed in",
                "begin again with another --out", ExitStatus::invalid_data);
  }
  require_planned_tool(suite.file.plan);
  if (options.suite.jobs != 0) suite.job.at_once = options.suite.jobs;
  if (!options.words.empty()) suite.job.words = options.words;
  suite.parts = parts_of(suite.file.plan, suite.job.parts);
  take_over_what_ran_here(suite);
  return suite;
}

/// What the task of the first part that lacks a result has said last.
std::string last_words(const ClusterSuite& suite, const std::vector<std::size_t>& open) {
  if (open.empty()) return {};
  const std::string part = part_folder(suite.state, suite.parts[open.front()]).string();
  std::string text;
  try {
    text = read_file(part + ".log");
  } catch (const Error&) {
    return fmt::format("{}.log is not there: that part has not begun", part);
  }
  if (text.size() > kLogEnd) text.erase(0, text.size() - kLogEnd);
  while (text.ends_with('\n')) text.pop_back();
  return fmt::format("{}.log ends with: {}", part, printable(text.substr(text.rfind('\n') + 1)));
}

ExitStatus merge_parts(const ClusterSuite& suite, const ClusterOptions& options, Followed how,
                       std::vector<std::string> notes) {
  MergeOptions merging{
      .folders = {}, .plan = suite.root / kPlanFile, .output = options.suite.run.output};
  merging.output.out = suite.root;
  std::error_code error;
  for (std::size_t part = 1; part <= suite.job.parts; ++part) {
    const fs::path folder = part_folder(suite.state, part);
    if (fs::exists(folder, error)) merging.folders.push_back(folder);
  }
  merging.stopped = how == Followed::interrupted;
  if (how == Followed::gone) notes.push_back(last_words(suite, without_result(suite)));
  if (how != Followed::complete) {
    notes.push_back(fmt::format("uniharness run --on {} --resume {}  runs what has no result",
                                suite.driver.name, printable(suite.root.string())));
  }
  merging.notes = std::move(notes);
  return merge(merging);
}

}  // namespace

ExitStatus run_on_cluster(const ClusterOptions& options) {
  const bool resumed = !options.suite.resume.empty();
  const fs::path root = suite_root(options);
  std::error_code error;
  if (resumed && !fs::exists(root / kPlanFile, error)) {
    throw UsageError("--resume " + root.string() +
                     ": there is no plan.json: no suite was begun there");
  }
  require_writable(root);
  const fs::path state = root / kClusterFolder;
  const SuiteFolder alone(state, SuiteFolder::Use::alone);
  ClusterSuite suite = resumed ? go_on(options, root, state) : begin(options, root, state);

  const ProgressStyle style = progress_style(options.suite.run.output.quiet);
  Followed how = Followed::complete;
  {
    SuiteProgress progress(style, suite.file.plan.instances.size());
    if (style != ProgressStyle::none) {
      progress.note(fmt::format("{} job {}: {} parts, {} at a time", suite.driver.name,
                                jobs_text(suite.job), suite.job.parts, suite.job.at_once));
    }
    how = follow(suite, progress);
  }
  if (resumed && how == Followed::gone) {
    hand_in_what_is_open(suite, options);
    SuiteProgress progress(style, suite.file.plan.instances.size());
    how = follow(suite, progress);
  }
  std::vector<std::string> notes;
  if (how == Followed::interrupted) {
    const std::string fault = cancel_jobs(suite.driver, suite.job);
    notes.push_back(fault.empty() ? "interrupted: the jobs were cancelled"
                                  : "interrupted, and the jobs could not be cancelled: " + fault);
  }
  return merge_parts(suite, options, how, std::move(notes));
}

}  // namespace harness
