#include "session/plan_run.h"

#include <fmt/format.h>

#include <utility>

#include "base/files.h"
#include "base/format.h"
#include "session/ready_suite.h"
#include "session/suite_folder.h"
#include "session/suite_planning.h"
#include "suite_plan/part.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

/// The plan that is meant: the one that is named, or that of the folder that is gone on with.
PlanFile meant_plan(const SuiteOptions& options) {
  if (!options.plan.empty()) return load_plan(options.plan);
  const fs::path file = options.resume / kPlanFile;
  std::error_code error;
  if (!fs::exists(file, error)) {
    throw UsageError(
        "--resume " + options.resume.string() + ": there is no plan.json: no suite was begun there",
        "uniharness run SCENARIOS --out FOLDER  begins one");
  }
  return load_plan(file);
}

PlanPart meant_part(const PlanFile& file, const SuiteOptions& options) {
  if (!options.part.empty()) return part_of(file.plan, options.part);
  if (!options.chosen.empty()) {
    return named_part(file.plan, read_file(options.chosen), options.chosen.string());
  }
  if (options.plan.empty()) return kept_part(options.resume, file);
  return whole_plan(file.plan);
}

/// What the plan says stands for the options that would have made it.
SuiteOptions planned_options(SuiteOptions options, const SuitePlan& plan) {
  options.retries = plan.retries;
  options.allow_flaky = plan.allow_flaky;
  options.run.build.build = false;
  if (!options.resume.empty()) options.run.output.out = options.resume;
  return options;
}

/// Takes the instances that have run out of `ready.instances`.
void leave_out_complete(ReadySuite& ready, const PlanPart& part) {
  ready.kept = complete_results(ready.file, part, ready.instances);
  std::vector<Instance> left;
  for (std::size_t i = 0; i < ready.kept.size(); ++i) {
    if (!ready.kept[i]) left.push_back(std::move(ready.instances[i]));
  }
  const std::size_t had = ready.kept.size() - left.size();
  ready.instances = std::move(left);
  ready.notes.push_back(fmt::format("resumed: {} of {} had run before", had,
                                    count_of(ready.kept.size(), "instance")));
}

}  // namespace

ExitStatus run_plan(const SuiteOptions& given) {
  ReadySuite ready{.file = meant_plan(given)};
  const PlanPart part = meant_part(ready.file, given);
  const SuiteOptions options = planned_options(given, ready.file.plan);
  const fs::path root = root_folder(options);
  if (options.list) {
    for (const std::size_t i : part.positions) {
      fmt::print("{}\n", ready.file.plan.instances[i].name);
    }
    return ExitStatus::pass;
  }
  require_planned_tool(ready.file.plan);
  ready.instances = planned_instances(ready.file.plan, part, root);
  if (options.run.dry_run) {
    print_commands(ready.instances, options.run.build);
    return ExitStatus::pass;
  }
  require_writable(root);
  const SuiteFolder folder(root, SuiteFolder::Use::alone);
  if (!part.title.empty()) {
    ready.notes.push_back(fmt::format("{}: {} of {}", part.title, part.positions.size(),
                                      count_of(ready.file.plan.instances.size(), "instance")));
  }
  if (!options.resume.empty()) leave_out_complete(ready, part);
  ready.images = prepare(ready.instances, options.run.build);
  require_planned_images(ready.file.plan, ready.instances, ready.images);
  remove_results(ready.instances);
  keep_plan(root, ready.file, part);
  return run_ready(std::move(ready), options);
}

}  // namespace harness
