// One run with its reports: what `run` does for one scenario, and gate and baseline before they
// compare.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "build/image.h"
#include "model/record.h"
#include "model/scenario.h"
#include "output/finish.h"

namespace harness {

struct RunOptions {
  std::string scenario;
  BuildOptions build;
  OutputOptions output;
  std::optional<std::uint64_t> boots;  // instead of the scenario's
  std::optional<ClockKind> clock;      // instead of the scenario's
  bool dry_run = false;                // print the QEMU command line and stop
  bool verbose = false;                // serial output as it comes, on stderr
  bool record = false;                 // add the run to the history
  bool keep_disk = false;              // that the boots left, where it persists
  unsigned cut_jobs = 1;               // boots at a time after power cuts
  unsigned boot_jobs = 1;              // boots at a time, where that cannot change a number
  bool hide_hostname = false;          // the record does not name this machine
  std::filesystem::path db;            // of the history; empty for the usual one
  // By host time, without `boots`: asked whether there shall be another boot than the scenario's.
  std::function<bool(const RunRecord&)> another = {};
};

/// --boots and --clock, in place of what the scenario says. Throws UsageError for a counted clock
/// on an accelerator that cannot count.
void apply_overrides(const RunOptions& options, Scenario& scenario);

/// The folder of a run's reports: options.output.out, or reports/NAME.
std::filesystem::path report_folder(const Scenario& scenario, const OutputOptions& options);

/// Builds, boots, judges and writes the reports to report_folder(). Prints nothing on stdout;
/// options.scenario, dry_run and record are not read. Throws Error.
RunRecord run_and_report(Scenario scenario, const RunOptions& options);

/// Where options.record asks for it, adds the run to the history and its past to report.html in
/// `folder`. Apart from the run, so that a history that cannot be used does not hide its result.
/// Throws Error.
void keep_in_history(const RunRecord& record, const std::filesystem::path& folder,
                     const RunOptions& options);

/// run_and_report() or, with dry_run, QEMU's command line; and the result on stdout.
/// options.scenario is not read. Throws Error.
ExitStatus run_loaded(Scenario scenario, const RunOptions& options);

}  // namespace harness
