#include "session/suite_run.h"

#include <fmt/core.h>

#include <cstdio>
#include <utility>

#include "base/files.h"
#include "base/text.h"
#include "run/auto_accel.h"
#include "run/build_progress.h"
#include "session/plan_run.h"
#include "session/ready_suite.h"
#include "session/suite_choice.h"
#include "session/suite_folder.h"
#include "session/suite_planning.h"
#include "suite/select.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// One word that is a file, without a matrix and without any option of a suite.
bool is_plain(const SuiteOptions& options, const std::vector<fs::path>& files,
              const std::vector<Scenario>& scenarios) {
  const bool file = options.scenarios.size() == 1 && files.front() == options.scenarios.front();
  return file && scenarios.size() == 1 && !scenarios.front().name.ends_with(']') &&
         options.patterns.empty() && options.shard.empty() && options.times.empty() &&
         options.quarantine.empty() && options.retries == 0 && !options.fail_fast &&
         !options.allow_flaky && !options.list && options.skipped.empty();
}

void choose_accels(std::vector<Instance>& instances, bool quiet) {
  Progress progress(progress_style(quiet));
  for (Instance& instance : instances) choose_accel(instance.scenario, progress);
}

void print_names(const std::vector<Instance>& instances) {
  for (const Instance& instance : instances) fmt::print("{}\n", instance.scenario.name);
}

PreparedImages build_and_prepare(const std::vector<Instance>& instances,
                                 const SuiteOptions& options) {
  Progress progress(progress_style(options.run.output.quiet));
  build_all(instances, options.run.build, progress);
  return prepare(instances, options.run.build);
}

std::vector<KnownDuration> expected_of(const std::vector<Instance>& instances,
                                       const SuiteOptions& options) {
  // One at a time are begun in order, however long they take.
  if (jobs_of(options) == 1) return std::vector<KnownDuration>(instances.size());
  return known_durations(instances, options);
}

ExitStatus run_scenarios(std::vector<Scenario> scenarios, const SuiteOptions& options) {
  SuiteChoice choice = choose_instances(std::move(scenarios), options);
  if (options.list) {
    print_names(choice.instances);
    return ExitStatus::pass;
  }
  choose_accels(choice.instances, options.run.output.quiet);
  if (options.run.dry_run) {
    print_commands(choice.instances, options.run.build);
    return ExitStatus::pass;
  }
  const fs::path root = root_folder(options);
  require_writable(root);
  ReadySuite ready{.file = {}, .instances = std::move(choice.instances)};
  ready.notes = std::move(choice.notes);
  ready.images = build_and_prepare(ready.instances, options);
  const SuiteFolder folder(root, SuiteFolder::Use::shared);
  ready.file = plan_file(
      make_plan(ready.instances, ready.images, expected_of(ready.instances, options), options));
  remove_results(ready.instances);
  keep_plan(root, ready.file, whole_plan(ready.file.plan));
  return run_ready(std::move(ready), options);
}

}  // namespace

SuitePlan plan_suite(const SuiteOptions& options) {
  SuiteChoice choice = choose_instances(load_all(scenario_files(options.scenarios)), options);
  choose_accels(choice.instances, options.run.output.quiet);
  const PreparedImages images = build_and_prepare(choice.instances, options);
  for (const Instance& instance : choice.instances) {
    if (const auto& fault = images.at(&instance).fault) throw Error(*fault);
  }
  for (const std::string& note : choice.notes) {
    std::fprintf(stderr, "note: %s\n", printable(note).c_str());
  }
  return make_plan(choice.instances, images, known_durations(choice.instances, options), options);
}

ExitStatus run_suite(const SuiteOptions& options) {
  if (!options.plan.empty() || !options.resume.empty()) return run_plan(options);
  if (!options.part.empty() || !options.chosen.empty()) {
    throw UsageError("--part and --instances choose from a plan, and there is no --plan",
                     "uniharness plan SCENARIOS -o plan.json  makes one");
  }
  if (options.scenarios.empty()) {
    throw UsageError("run: no scenario is named",
                     "name scenario files, globs or folders; or --plan FILE, or --resume FOLDER");
  }
  if (options.shard.empty() && !options.times.empty()) {
    throw UsageError("--times balances shards, and there is no --shard",
                     "add --shard i/n, or leave out --times");
  }
  const std::vector<fs::path> files = scenario_files(options.scenarios);
  std::vector<Scenario> scenarios = load_all(files);
  if (is_plain(options, files, scenarios)) {
    RunOptions one = options.run;
    one.cut_jobs = one.boot_jobs = jobs_of(options);
    return run_loaded(std::move(scenarios.front()), one);
  }
  return run_scenarios(std::move(scenarios), options);
}

}  // namespace harness
