#include "session/suite_boots.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "check/judge.h"
#include "output/suite_progress.h"
#include "report/digest.h"
#include "report/suite_report.h"
#include "run/boots.h"
#include "run/build_progress.h"
#include "sources/history_access.h"
#include "suite/outcome.h"
#include "suite/shard.h"
#include "suite_plan/result_file.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

fs::path retry_folder(const Instance& instance, unsigned retry) {
  return instance.folder / fmt::format("retry-{}", retry);
}

/// Reports of the retries of an earlier suite.
void remove_retries(const Instance& instance) {
  std::error_code error;
  for (unsigned retry = 1; fs::exists(retry_folder(instance, retry) / "record.json", error);
       ++retry) {
    fs::remove_all(retry_folder(instance, retry), error);
  }
}

/// One run of an instance, on a thread of its own.
Attempt run_once(const Instance& instance, unsigned retry, const Prepared& prepared,
                 const RunOptions& options) {
  if (prepared.fault) throw Error(*prepared.fault);
  Progress quiet(ProgressStyle::none, instance.scenario.name + " | ");
  const fs::path folder = retry == 0 ? instance.folder : retry_folder(instance, retry);
  QemuMachine machine;
  RunRecord record = boot_all(machine, instance.scenario, prepared.image, *prepared.facts, folder,
                              {.verbose = options.verbose,
                               .keep_disk = options.keep_disk,
                               .cut_jobs = options.cut_jobs,
                               .hide_hostname = options.hide_hostname},
                              quiet);
  judge(record, instance.scenario.checks);

  // The first attempt's reports stay: that of a flaky instance is the one to look into.
  if (retry == 0) remove_retries(instance);
  write_reports(folder, record);
  if (options.record) record_run(record, options.db);
  Attempt attempt{.verdict = record.verdict, .reported = true};
  if (is_failure(attempt)) attempt.evidence = failure_evidence(record);
  if (retry == 0) attempt.tests = guest_tests(record);
  attempt.boots = total_wall(record).value_or(std::chrono::nanoseconds(0));
  return attempt;
}

using PlannedByName = std::map<std::string_view, const PlannedInstance*>;

/// The order to begin in. Where several run at a time, a long one that begins last is waited for by
/// all others: the longest go first.
std::vector<std::size_t> order_of(const std::vector<Instance>& instances,
                                  const PlannedByName& planned, unsigned jobs) {
  std::vector<KnownDuration> expected(instances.size());
  if (jobs > 1) {
    for (std::size_t i = 0; i < instances.size(); ++i) {
      expected[i] = planned.at(instances[i].scenario.name)->expected;
    }
  }
  return longest_first(estimates(expected));
}

/// What result.json says of an instance that has just ended.
SuiteResultFile result_of(const InstanceResult& result, const PlannedInstance& planned,
                          const std::string& plan_sha256) {
  SuiteResultFile file{.uniharness_version = UNIHARNESS_VERSION,
                       .plan_sha256 = plan_sha256,
                       .name = result.name,
                       .image_sha256 = planned.image_sha256,
                       .options = planned.options,
                       .attempts = result.attempts};
  const auto began = std::chrono::system_clock::now().time_since_epoch() - result.wall();
  file.started = std::chrono::duration_cast<std::chrono::milliseconds>(began);
  return file;
}

}  // namespace

std::vector<InstanceResult> boot_instances(const std::vector<Instance>& instances,
                                           const PreparedImages& images, const PlanFile& file,
                                           const SuiteOptions& options) {
  PlannedByName planned;
  for (const PlannedInstance& one : file.plan.instances) planned.emplace(one.name, &one);
  const unsigned jobs = jobs_of(options);
  // Lines of the guests and a table that is redrawn would destroy each other.
  ProgressStyle style = progress_style(options.run.output.quiet);
  if (options.run.verbose && style == ProgressStyle::terminal) style = ProgressStyle::plain;
  SuiteProgress table(style, instances.size());
  return run_all(
      instances, order_of(instances, planned, jobs),
      {jobs, options.retries, options.fail_fast, options.allow_flaky},
      [&](const Instance& instance, unsigned retry) {
        return run_once(instance, retry, images.at(&instance), options.run);
      },
      table,
      [&](const InstanceResult& result) {
        keep_result(result.folder, result_of(result, *planned.at(result.name), file.sha256));
      });
}

}  // namespace harness
