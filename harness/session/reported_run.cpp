#include "session/reported_run.h"

#include <cstdio>
#include <utility>

#include "base/files.h"
#include "check/judge.h"
#include "machine/machine.h"
#include "model/verdict.h"
#include "run/auto_accel.h"
#include "run/boots.h"
#include "run/build_progress.h"
#include "run/plan.h"
#include "run/progress.h"
#include "scenario/matrix.h"
#include "sources/history_access.h"

namespace harness {

void apply_overrides(const RunOptions& options, Scenario& scenario) {
  if (options.clock && *options.clock != scenario.clock) {
    if (*options.clock == ClockKind::counted && scenario.machine.accel == "kvm") {
      throw UsageError("--clock counted needs accel: tcg, and " + scenario.file + " asks for " +
                       scenario.machine.accel);
    }
    scenario.clock = *options.clock;
  }
  if (options.boots) scenario.boots = *options.boots;
}

std::filesystem::path report_folder(const Scenario& scenario, const OutputOptions& options) {
  return options.out.empty() ? std::filesystem::path("reports") / folder_name(scenario.name)
                             : options.out;
}

namespace {

/// Where each boot is like the others, and none is exact.
bool may_boot_on(const Scenario& scenario, const RunOptions& options) {
  return !options.boots && scenario.clock == ClockKind::host && !scenario.image.persist &&
         !scenario.power_cuts;
}

}  // namespace

RunRecord run_and_report(Scenario scenario, const RunOptions& options) {
  apply_overrides(options, scenario);
  Progress progress(progress_style(options.output.quiet));
  choose_accel(scenario, progress);
  const std::filesystem::path folder = report_folder(scenario, options.output);
  require_writable(folder);
  const Image image = build_with_progress(scenario, options.build, progress);
  QemuMachine machine;
  RunRecord record =
      boot_all(machine, scenario, image, read_facts(image), folder,
               {.verbose = options.verbose,
                .keep_disk = options.keep_disk,
                .cut_jobs = options.cut_jobs,
                .boot_jobs = options.boot_jobs,
                .hide_hostname = options.hide_hostname,
                .another = may_boot_on(scenario, options) ? options.another : nullptr},
               progress);
  progress.clear();

  // From here on no process is started: a saved trace replays through the same code.
  judge(record, scenario.checks);
  write_reports(folder, record);
  return record;
}

void keep_in_history(const RunRecord& record, const std::filesystem::path& folder,
                     const RunOptions& options) {
  if (!options.record) return;
  record_run(record, options.db);
  const history::HistoryPart past = past_of(record, options.db);
  if (past.section.body.empty()) return;
  write_page(folder, record, {.below = {past.section}, .chart_data = past.chart_data});
}

ExitStatus run_loaded(Scenario scenario, const RunOptions& options) {
  if (options.dry_run) {
    apply_overrides(options, scenario);
    Progress progress(progress_style(options.output.quiet));
    choose_accel(scenario, progress);
    std::printf("%s\n", bare_command_line(scenario, options.build).c_str());
    return ExitStatus::pass;
  }
  const std::filesystem::path folder = report_folder(scenario, options.output);
  const RunRecord record = run_and_report(std::move(scenario), options);
  print_result(record, options.output, folder);
  keep_in_history(record, folder, options);
  return exit_status(record.verdict.kind);
}

}  // namespace harness
