#include "commands/gate.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "base/files.h"
#include "base/processors.h"
#include "base/shell.h"
#include "baseline/baseline.h"
#include "commands/enough_boots.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "record/codec.h"
#include "report/report.h"
#include "scenario/matrix.h"
#include "sources/sources.h"
#include "suite/select.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

/// What failed of a comparison, for a CI server: it shows test cases, not exit statuses.
std::vector<JunitCase> junit_cases(const Comparison& comparison) {
  using Kind = JunitCase::Kind;
  std::vector<JunitCase> cases;
  cases.reserve(comparison.faults.size() + 1);
  for (const std::string& fault : comparison.faults) {
    cases.push_back({"comparison", fault, Kind::error});
  }
  for (const ComparedNumber& row : comparison.rows) {
    if (passes(row)) continue;
    std::string message = fmt::format("{}: {}", change_name(row.change), movement(row));
    if (!row.detail.empty()) message += "; " + row.detail;
    cases.push_back({row.name, std::move(message),
                     row.change == Change::regression ? Kind::failure : Kind::error});
  }
  if (cases.empty()) cases.push_back({"comparison", "", Kind::passed});
  return cases;
}

/// There is nothing to compare, and whoever reads the comparison must not find an older one.
ExitStatus deliver_failed_run(const GateOptions& options, const RunRecord& record,
                              const fs::path& folder) {
  const ExitStatus status = exit_status(record.verdict.kind);
  if (!options.comparison.markdown.empty()) {
    write_named(options.comparison.markdown,
                render_markdown(record, options.comparison.markdown_bytes));
  }
  if (options.comparison.json) {
    print_text(comparison_json_of_failed_run(verdict_name(record.verdict.kind),
                                             record.verdict.reason, status));
  } else {
    print_result(record, options.run.output, folder);
  }
  return status;
}

/// What makes the baseline, or a new one in its place.
std::vector<std::string> accept_command(const GateOptions& options, const std::string& why) {
  std::vector<std::string> command = {"uniharness", "baseline", "accept", options.run.scenario};
  for (const std::string& pattern : options.patterns) {
    command.insert(command.end(), {"-k", pattern});
  }
  if (options.run.clock) command.insert(command.end(), {"--clock", clock_name(*options.run.clock)});
  if (options.run.boots) {
    command.insert(command.end(), {"--boots", std::to_string(*options.run.boots)});
  }
  command.insert(command.end(), {"--baseline", options.baseline.string(), "--why", why});
  return command;
}

/// A baseline by host time is of the machine as it was then: that the numbers differ is sure, and
/// whether the program did that is not.
constexpr char kOtherTime[] = "the baseline is of another time";

std::string machine_note() {
  double load[1] = {};
  const bool known = getloadavg(load, 1) == 1;
  return fmt::format(
      "by host time a baseline cannot tell another program from another state of the machine (its "
      "load now: {}); `uniharness ab` boots both images in turn, and can",
      known ? fmt::format("{:.1f} on {} processors", load[0], usable_processors().count)
            : "not known");
}

}  // namespace

ExitStatus gate(const GateOptions& options) {
  // What is wrong with the rules or the baseline should be known before the boots.
  const Rules rules = rules_of(options.comparison);
  if (!fs::exists(options.baseline)) {
    throw Error("there is no baseline " + options.baseline.string(),
                "make it: " + shell_quoted(accept_command(options, "first numbers")),
                ExitStatus::invalid_data);
  }
  const Baseline baseline =
      baseline_from_json(read_file(options.baseline), options.baseline.string());

  Scenario scenario = the_instance(options.run.scenario, options.patterns);
  const fs::path folder = report_folder(scenario, options.run.output);
  EnoughBoots enough(&baseline.numbers, rules);
  RunOptions run = options.run;
  run.boot_jobs = tasks_worth_running();
  run.another = [&](const RunRecord& boots) { return enough.wants_another(boots); };
  RunRecord record = run_and_report(std::move(scenario), run);
  keep_in_history(record, folder, run);
  if (exit_status(record.verdict.kind) != ExitStatus::pass) {
    return deliver_failed_run(options, record, folder);
  }

  Comparison comparison =
      compare(baseline.numbers, measurements_of(record, folder.string()), enough.rules());
  if (!enough.ended().empty()) comparison.notes.push_back(enough.ended());
  if (record.fingerprint.clock == ClockKind::host) {
    cap_at_inconclusive(comparison, kOtherTime);
    comparison.notes.push_back(machine_note());
  }
  record.compared = comparison_word(comparison);
  write_atomically(folder / "record.json", record_to_json(record));
  write_atomically(folder / "report.md", render_markdown(record));
  write_page(folder, record, {.sections = {comparison_section(comparison)}});
  write_atomically(folder / "junit.xml", render_junit(record, junit_cases(comparison)));
  const bool alone = options.run.output.quiet && !options.comparison.json;
  const ExitStatus status = deliver({comparison}, options.comparison, alone);
  if (status == ExitStatus::regression && !options.comparison.json && !alone) {
    print_text("intended? " + shell_quoted(accept_command(options, "REASON")) + "\n");
  }
  return status;
}

}  // namespace harness
