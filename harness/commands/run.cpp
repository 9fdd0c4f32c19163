#include <fmt/core.h>

#include <chrono>
#include <cstdio>

#include "base/shell.h"
#include "check/check.h"
#include "commands/commands.h"
#include "commands/finish.h"
#include "commands/plan.h"
#include "commands/progress.h"
#include "machine/machine.h"
#include "record/verdict.h"
#include "scenario/load.h"
#include "stream/stream.h"

namespace harness {
namespace {

double milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

Scenario scenario_with(const RunOptions& options) {
  Scenario scenario = load_scenario(options.scenario);
  if (options.clock && *options.clock != scenario.clock) {
    if (*options.clock == ClockKind::counted && scenario.machine.accel != "tcg") {
      throw UsageError("--clock counted needs accel: tcg, and " + scenario.file + " asks for " +
                       scenario.machine.accel);
    }
    scenario.clock = *options.clock;
  }
  if (options.boots) scenario.boots = *options.boots;
  return scenario;
}

Image build_with_progress(const Scenario& scenario, const BuildOptions& options,
                          Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  const std::string what =
      scenario.image.target.empty() ? "the scenario's build command" : scenario.image.target;
  progress.now("build " + what);
  const Image image = build_image(scenario, options, [&](std::string_view output) {
    const std::size_t end = output.find_last_not_of('\n');
    const std::size_t begin = output.find_last_of('\n', end);
    if (end != output.npos)
      progress.now("build " + what + ": " + std::string(output.substr(begin + 1, end - begin)));
  });
  if (!build_command(scenario, options).empty() && options.build) {
    progress.done(fmt::format("build {}: done in {:.0f} ms", what,
                              milliseconds(std::chrono::steady_clock::now() - start)));
  }
  return image;
}

/// One boot, its output folded as it comes.
BootRecord boot_once(Machine& machine, const Job& job, std::uint64_t index, std::uint64_t boots,
                     bool verbose, Progress& progress) {
  bool panicked = false;
  EventFolder folder([&](std::string_view line, const Parsed& parsed) {
    if (verbose) progress.serial(line);
    panicked |= std::holds_alternative<PanicText>(parsed);
  });
  std::size_t received = 0;
  BootRecord boot;
  boot.index = index;
  progress.now(fmt::format("boot {}/{}", index, boots));
  boot.trace = machine.run(job, [&](std::string_view bytes, std::chrono::nanoseconds at) {
    folder.add(bytes, at);
    received += bytes.size();
    progress.now(
        fmt::format("boot {}/{}: {} bytes in {:.0f} ms", index, boots, received, milliseconds(at)));
    return !panicked;
  });
  boot.events = folder.finish();
  boot.ending = classify(boot.trace, boot.events);
  progress.done(fmt::format("boot {}/{}: {} after {:.1f} ms", index, boots,
                            verdict_name(boot.ending.kind), milliseconds(boot.trace.wall)));
  return boot;
}

/// Whether another boot is worth its time: not after one that we had to cut off, which would take
/// its full limit again, nor when QEMU itself cannot run.
bool worth_another_boot(const BootRecord& last) {
  return last.trace.started && last.trace.stop == StopReason::none;
}

}  // namespace

ExitStatus run(const RunOptions& options) {
  const Scenario scenario = scenario_with(options);
  if (options.dry_run) {
    const Image image = build_image(
        scenario, {.build = false, .must_exist = false, .build_dir = options.build.build_dir});
    const auto command = qemu_command(make_job(scenario, image, 1), CommandStyle::bare);
    std::printf("%s\n", shell_quoted(command).c_str());
    return ExitStatus::pass;
  }

  Progress progress(progress_style(options.output.quiet));
  const Image image = build_with_progress(scenario, options.build, progress);
  RunRecord record = make_record(scenario, image);
  QemuMachine machine;
  for (std::uint64_t index = 1; index <= scenario.boots; ++index) {
    const Job job = make_job(scenario, image, index);
    record.boots.push_back(
        boot_once(machine, job, index, scenario.boots, options.verbose, progress));
    if (!worth_another_boot(record.boots.back())) break;
  }
  progress.clear();
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);

  // From here on no process is started: a saved trace replays through the same code.
  record.fingerprint.qemu_version = record.boots.front().trace.qemu_version;
  judge(record, scenario.checks);
  const std::filesystem::path folder = options.output.out.empty()
                                           ? std::filesystem::path("reports") / scenario.name
                                           : options.output.out;
  write_reports(folder, record);
  print_result(record, options.output, folder);
  return exit_status(record.verdict.kind);
}

}  // namespace harness
