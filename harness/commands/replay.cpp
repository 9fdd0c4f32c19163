#include "commands/replay.h"

#include <algorithm>

#include "base/files.h"
#include "check/judge.h"
#include "check/watch.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "record/classify.h"
#include "record/store.h"
#include "scenario/load.h"
#include "stream/collector.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// A record of one boot of which only the serial log is left: the other signals are unknown.
RunRecord record_of_log(const fs::path& log) {
  RunRecord record;
  record.uniharness_version = UNIHARNESS_VERSION;
  BootRecord boot;
  boot.trace.serial = read_file(log);
  boot.trace.started = true;
  boot.events = collect_events(boot.trace.serial, {});
  boot.ending = classify(boot.trace, boot.events);
  record.boots.push_back(std::move(boot));
  return record;
}

RunRecord saved_record(const fs::path& trace) {
  if (fs::is_directory(trace)) return load_record(trace);
  const bool in_report_folder = trace.filename() == "serial.log" &&
                                fs::exists(fs::absolute(trace).parent_path() / "record.json");
  return in_report_folder ? load_record(fs::absolute(trace).parent_path()) : record_of_log(trace);
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
  RunRecord record = saved_record(options.trace);
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

  apply_output_rules(record, output_rules_of(scenario));
  if (scenario.power_cuts) complete_power_cuts(record, *scenario.power_cuts);
  judge(record, scenario.checks);
  if (!options.output.out.empty()) write_reports(options.output.out, record);
  print_result(record, options.output, options.output.out);
  return exit_status(record.verdict.kind);
}

}  // namespace harness
