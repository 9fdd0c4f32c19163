#include "commands/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/processors.h"
#include "base/shell.h"
#include "baseline/baseline.h"
#include "commands/enough_boots.h"
#include "commands/moved_functions.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "model/verdict.h"
#include "output/finish.h"
#include "record/codec.h"
#include "report/report.h"
#include "run/host_facts.h"
#include "scenario/matrix.h"
#include "sources/history_access.h"
#include "sources/history_source.h"
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

constexpr char kBusy[] = "the machine is busy";

std::string load_text(std::optional<double> load) {
  return load ? fmt::format("{:.1f} on {} processors", *load, tasks_worth_running()) : "not known";
}
/// More to do than there are processors that may be used, the gate's own guest aside.
bool is_busy(std::optional<double> load) { return !load || *load > 1 + tasks_worth_running(); }

/// What tells at once whether the program did it: of the commit that the base was measured at.
std::string in_turn(const std::string& scenario, const std::string& commit) {
  const std::string base = commit.substr(0, commit.find('+'));
  return fmt::format("`uniharness ab {} --base {}` boots both images in turn", scenario,
                     base.empty() ? "REV|IMAGE" : base);
}

/// Alarms by host time are taken back where the machine may have made them.
void cap_host_time(Comparison& comparison, const std::string& scenario, bool against_runs) {
  const std::optional<double> load = this_host().load;
  if (against_runs && !is_busy(load)) {
    if (comparison.status == ExitStatus::inconclusive) {
      comparison.notes.push_back("what the runs before cannot tell, " +
                                 in_turn(scenario, comparison.base_commit) + ", and can");
    }
    return;
  }
  cap_at_inconclusive(comparison, against_runs ? kBusy : kOtherTime);
  comparison.notes.push_back(
      against_runs
          ? fmt::format("the load now is {}: no number by host time is an alarm", load_text(load))
          : fmt::format("by host time a baseline cannot tell another program from another state of "
                        "the machine (its load now: {}); {}, and can; so do runs of the history "
                        "(--baseline history:NAME@30)",
                        load_text(load), in_turn(scenario, comparison.base_commit)));
}

/// What the numbers are held against; runs of the history were never accepted. Throws Error where
/// there is no such file.
Baseline base_of(const GateOptions& options, const Rules& rules) {
  const std::string source = options.baseline.string();
  if (names_runs_of_history(source)) return {load_base({source}, {}, rules).front(), {}};
  if (!fs::exists(options.baseline)) {
    throw Error("there is no baseline " + source,
                "make it: " + shell_quoted(accept_command(options, "first numbers")),
                ExitStatus::invalid_data);
  }
  return baseline_from_json(read_file(options.baseline), source);
}

/// Then some function executes another number of instructions.
bool has_regression(const Comparison& comparison) {
  return std::ranges::any_of(comparison.rows, [](const ComparedNumber& row) {
    return row.change == Change::regression && !row.shown_only;
  });
}

/// The reports of the run anew, with what was found of its numbers.
void write_compared(const fs::path& folder, RunRecord& record, const Comparison& comparison) {
  constexpr std::size_t kSection = 20'000;
  record.compared = comparison_word(comparison);
  record.compared_why = comparison_reason(comparison);
  write_atomically(folder / "record.json", record_to_json(record));
  write_atomically(
      folder / "report.md",
      render_markdown(record, kMarkdownBytes, comparison_markdown_section(comparison, kSection)));
  write_page(folder, record, {.sections = {comparison_section(comparison)}});
  write_atomically(folder / "junit.xml", render_junit(record, junit_cases(comparison)));
}

}  // namespace

ExitStatus gate(const GateOptions& options) {
  // What is wrong with the rules or the baseline should be known before the boots.
  Rules rules = rules_of(options.comparison);
  rules.same_scenario = true;
  const Baseline base = base_of(options, rules);
  const bool against_runs = names_runs_of_history(options.baseline.string());

  Scenario scenario = the_instance(options.run.scenario, options.patterns);
  const fs::path folder = report_folder(scenario, options.run.output);
  EnoughBoots enough(&base.numbers, rules);
  RunOptions run = options.run;
  run.boot_jobs = tasks_worth_running();
  run.another = [&](const RunRecord& boots) { return enough.wants_another(boots); };
  RunRecord record = run_and_report(scenario, run);
  keep_in_history(record, folder, run);
  if (exit_status(record.verdict.kind) != ExitStatus::pass) {
    return deliver_failed_run(options, record, folder);
  }

  Measurements measured = measurements_of(record, folder.string());
  measured.commit = commit_of(".");
  Comparison comparison = compare(base.numbers, measured, enough.rules());
  if (!enough.ended().empty()) comparison.notes.push_back(enough.ended());
  if (record.fingerprint.clock == ClockKind::counted && !against_runs &&
      has_regression(comparison)) {
    add_moved_functions(comparison, scenario, options.run, functions_file(options.baseline), base);
  }
  if (record.fingerprint.clock == ClockKind::host) {
    cap_host_time(comparison, options.run.scenario, against_runs);
  }
  if (against_runs && !options.run.record) {
    comparison.notes.emplace_back("this run is not kept for the next gate: --record adds it");
  }
  write_compared(folder, record, comparison);
  const bool alone = options.run.output.quiet && !options.comparison.json;
  const ExitStatus status = deliver({comparison}, options.comparison, alone);
  if (!options.comparison.json && !alone) {
    print_text("report: " + (folder / "report.html").string() + "\n");
  }
  if (status == ExitStatus::regression && !options.comparison.json && !alone) {
    print_text("intended? " +
               (against_runs ? "record it, and name fewer runs (@8) until they all have it"
                             : shell_quoted(accept_command(options, "REASON"))) +
               "\n");
  }
  return status;
}

}  // namespace harness
