#include <fmt/core.h>

#include <chrono>
#include <cstdio>

#include "base/shell.h"
#include "base/time.h"
#include "check/check.h"
#include "commands/attempt.h"
#include "commands/auto_accel.h"
#include "commands/commands.h"
#include "commands/finish.h"
#include "commands/history.h"
#include "commands/plan.h"
#include "commands/progress.h"
#include "machine/machine.h"
#include "record/store.h"
#include "record/verdict.h"
#include "scenario/load.h"
#include "scenario/matrix.h"

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

Image build_with_progress(const Scenario& scenario, const BuildOptions& options,
                          Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  // A command of the scenario's is shown as it is run: it is the only text of it that is.
  const std::string what =
      scenario.image.target.empty() ? shell_quoted(scenario.image.build) : scenario.image.target;
  progress.now("build " + what);
  const Image image = build_image(scenario, options, build_output(progress, what));
  if (!build_command(scenario, options).empty() && options.build) {
    progress.done(fmt::format("build {}: done in {:.0f} ms", what,
                              in_milliseconds(std::chrono::steady_clock::now() - start)));
  }
  return image;
}

std::function<void(std::string_view)> build_output(Progress& progress, const std::string& what) {
  return [&progress, what](std::string_view output) {
    const std::size_t end = output.find_last_not_of('\n');
    const std::size_t begin = output.find_last_of('\n', end);
    if (end == output.npos) return;
    progress.now("build " + what + ": " + std::string(output.substr(begin + 1, end - begin)));
  };
}

std::string bare_command_line(const Scenario& scenario, const BuildOptions& options) {
  const Image image =
      build_image(scenario, {.build = false, .must_exist = false, .build_dir = options.build_dir});
  return shell_quoted(qemu_command(make_job(scenario, image, 1), CommandStyle::bare));
}

ExitStatus run(const RunOptions& options) {
  return run_scenario(load_scenario(options.scenario), options);
}

ExitStatus run_scenario(Scenario scenario, const RunOptions& options) {
  apply_overrides(options, scenario);
  Progress progress(progress_style(options.output.quiet));
  choose_accel(scenario, progress);
  if (options.dry_run) {
    std::printf("%s\n", bare_command_line(scenario, options.build).c_str());
    return ExitStatus::pass;
  }

  const std::filesystem::path folder =
      options.output.out.empty() ? std::filesystem::path("reports") / folder_name(scenario.name)
                                 : options.output.out;
  require_writable(folder);
  const Image image = build_with_progress(scenario, options.build, progress);
  RunRecord record =
      boot_all(scenario, image, read_facts(image), folder, options.verbose, progress);
  progress.clear();

  // From here on no process is started: a saved trace replays through the same code.
  judge(record, scenario.checks);
  write_reports(folder, record);
  print_result(record, options.output, folder);
  if (options.record) {
    record_run(record, options.db);
    const history::HistoryPart past = past_of(record, options.db);
    if (!past.section.body.empty()) {
      write_atomically(
          folder / "report.html",
          render_page(folder, record, {.below = {past.section}, .chart_data = past.chart_data}));
    }
  }
  return exit_status(record.verdict.kind);
}

}  // namespace harness
