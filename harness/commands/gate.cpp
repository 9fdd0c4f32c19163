#include "commands/gate.h"

#include "commands/finish.h"
#include "commands/sources.h"
#include "compare/render.h"
#include "gate/baseline.h"
#include "record/store.h"
#include "report/report.h"
#include "scenario/load.h"
#include "scenario/matrix.h"

namespace harness {

namespace fs = std::filesystem;

ExitStatus run_quietly(RunOptions& options) {
  if (options.output.out.empty()) {
    options.output.out = fs::path("reports") / folder_name(load_scenario(options.scenario).name);
  }
  options.output.silent = true;
  const ExitStatus status = run(options);
  if (status != ExitStatus::pass) {
    OutputOptions output = options.output;
    output.silent = false;
    print_result(load_record(options.output.out), output, options.output.out);
  }
  return status;
}

ExitStatus gate(const GateOptions& options) {
  // What is wrong with the rules or the baseline should be known before the boots.
  const Rules rules = rules_of(options.comparison);
  if (!fs::exists(options.baseline)) {
    throw Error("there is no baseline " + options.baseline.string(),
                "make it: uniharness baseline accept " + options.run.scenario + " --baseline " +
                    options.baseline.string() + " --why \"first numbers\"",
                ExitStatus::invalid_data);
  }
  const Baseline baseline =
      baseline_from_json(read_file(options.baseline), options.baseline.string());

  RunOptions run_options = options.run;
  if (const ExitStatus status = run_quietly(run_options); status != ExitStatus::pass) return status;
  const fs::path folder = run_options.output.out;
  const RunRecord record = load_record(folder);

  const Comparison comparison =
      compare(baseline.numbers, measurements_of(record, folder.string()), rules);
  PageMore more{.sections = {comparison_section(comparison)}};
  if (comparison.status != ExitStatus::pass) more.worse = comparison_word(comparison.status);
  write_atomically(folder / "report.html", render_page(folder, record, std::move(more)));
  return deliver({comparison}, options.comparison);
}

}  // namespace harness
