#include <cstdio>

#include "commands/commands.h"
#include "model/verdict.h"
#include "output/reported_run.h"
#include "run/auto_accel.h"
#include "run/plan.h"
#include "run/progress.h"
#include "scenario/load.h"

namespace harness {

ExitStatus run(const RunOptions& options) {
  return run_loaded(load_scenario(options.scenario), options);
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
