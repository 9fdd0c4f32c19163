#include "commands/gate.h"

#include <fmt/format.h>

#include <utility>

#include "base/shell.h"
#include "commands/finish.h"
#include "commands/sources.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "gate/baseline.h"
#include "record/store.h"
#include "record/verdict.h"
#include "report/report.h"
#include "scenario/matrix.h"
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
ExitStatus deliver_failed_run(const GateOptions& options, const RunOptions& run_options,
                              ExitStatus status) {
  const RunRecord record = load_record(run_options.output.out);
  if (!options.comparison.markdown.empty()) {
    write_named(options.comparison.markdown, render_markdown(record));
  }
  if (options.comparison.json) {
    print_text(comparison_json_of_failed_run(verdict_name(record.verdict.kind),
                                             record.verdict.reason, status));
  } else {
    print_result_of(record, run_options);
  }
  return status;
}

/// What makes the baseline that is missing.
std::vector<std::string> accept_command(const GateOptions& options) {
  std::vector<std::string> command = {"uniharness", "baseline", "accept", options.run.scenario};
  for (const std::string& pattern : options.patterns) {
    command.insert(command.end(), {"-k", pattern});
  }
  command.insert(command.end(),
                 {"--baseline", options.baseline.string(), "--why", "first numbers"});
  return command;
}

}  // namespace

ExitStatus run_quietly(RunOptions& options, std::span<const std::string> patterns) {
  Scenario scenario = the_instance(options.scenario, patterns);
  if (options.output.out.empty()) {
    options.output.out = fs::path("reports") / folder_name(scenario.name);
  }
  options.output.silent = true;
  return run_scenario(std::move(scenario), options);
}

void print_result_of(const RunRecord& record, const RunOptions& options) {
  OutputOptions output = options.output;
  output.silent = false;
  print_result(record, output, options.output.out);
}

ExitStatus gate(const GateOptions& options) {
  // What is wrong with the rules or the baseline should be known before the boots.
  const Rules rules = rules_of(options.comparison);
  if (!fs::exists(options.baseline)) {
    throw Error("there is no baseline " + options.baseline.string(),
                "make it: " + shell_quoted(accept_command(options)), ExitStatus::invalid_data);
  }
  const Baseline baseline =
      baseline_from_json(read_file(options.baseline), options.baseline.string());

  RunOptions run_options = options.run;
  const ExitStatus status = run_quietly(run_options, options.patterns);
  if (status != ExitStatus::pass) return deliver_failed_run(options, run_options, status);
  const fs::path folder = run_options.output.out;
  const RunRecord record = load_record(folder);

  const Comparison comparison =
      compare(baseline.numbers, measurements_of(record, folder.string()), rules);
  PageMore more{.sections = {comparison_section(comparison)}};
  if (comparison.status != ExitStatus::pass) more.worse = comparison_word(comparison.status);
  write_atomically(folder / "report.html", render_page(folder, record, std::move(more)));
  write_atomically(folder / "junit.xml", render_junit(record, junit_cases(comparison)));
  return deliver({comparison}, options.comparison);
}

}  // namespace harness
