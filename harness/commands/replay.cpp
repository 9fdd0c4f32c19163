#include "commands/replay.h"

#include <algorithm>

#include "base/files.h"
#include "check/judge.h"
#include "check/watch.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "record/store.h"
#include "scenario/load.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// A record of one boot of which only the serial log is left: the other signals are unknown, and
/// what the log says is read once the scenario's rules are.
RunRecord record_of_log(const fs::path& log) {
  RunRecord record;
  record.uniharness_version = UNIHARNESS_VERSION;
  BootRecord boot;
  boot.trace.serial = read_file(log);
  boot.trace.started = true;
  record.boots.push_back(std::move(boot));
  return record;
}

/// The folder of the record that belongs to a trace; empty for a log alone.
fs::path report_folder_of(const fs::path& trace) {
  if (fs::is_directory(trace)) return trace;
  const fs::path folder = fs::absolute(trace).parent_path();
  return trace.filename() == "serial.log" && fs::exists(folder / "record.json") ? folder
                                                                                : fs::path();
}

/// The scenario that a record is of: of a matrix, the instance of its name.
Scenario scenario_of(const std::string& file, const std::string& name) {
  std::vector<Scenario> instances = load_scenarios(file);
  if (instances.size() == 1) return std::move(instances.front());
  const auto same = std::ranges::find(instances, name, &Scenario::name);
  if (same != instances.end()) return std::move(*same);
  throw UsageError(file + ": its matrix makes " + std::to_string(instances.size()) +
                       " instances, and none is called '" + name + "'",
                   "replay a report folder, whose record says which instance it is of");
}

}  // namespace

ExitStatus replay(const ReplayOptions& options) {
  if (!fs::exists(options.trace)) {
    throw UsageError("there is no '" + options.trace.string() + "' to replay",
                     "name a report folder (reports/NAME), or a serial log");
  }
  const fs::path folder = report_folder_of(options.trace);
  RunRecord record = folder.empty() ? record_of_log(options.trace) : load_record(folder);
  const std::string file = options.scenario.empty() ? record.scenario_file : options.scenario;
  if (file.empty()) {
    throw UsageError("a serial log does not say which scenario it is of",
                     "name it: --scenario scenarios/NAME.yaml");
  }
  const Scenario scenario = scenario_of(file, record.scenario);
  record.scenario = scenario.name;
  record.scenario_file = scenario.file;
  record.about = scenario.about;
  // The clock is a fact of the trace; only a bare log has none, and takes the scenario's.
  if (record.fingerprint.model.empty()) record.fingerprint.clock = scenario.clock;

  if (folder.empty()) {
    read_output(record, output_rules_of(scenario));
  } else {
    apply_output_rules(record, output_rules_of(scenario));
  }
  if (scenario.power_cuts) complete_power_cuts(record, *scenario.power_cuts);
  judge(record, scenario.checks);
  if (!options.output.out.empty()) write_reports(options.output.out, record);
  print_result(record, options.output, options.output.out);
  return exit_status(record.verdict.kind);
}

}  // namespace harness
