#include "commands/compare.h"

#include "base/files.h"
#include "compare/render.h"
#include "compare/side_by_side.h"
#include "output/comparison_output.h"
#include "output/finish.h"
#include "run/progress.h"
#include "sources/sources.h"

namespace harness {

namespace {

ExitStatus show_side_by_side(const CompareOptions& options) {
  const ComparisonOptions& how = options.comparison;
  if (how.json || !how.tolerances.empty()) {
    throw UsageError(
        "--side-by-side judges nothing: --json and --tolerance have no meaning with it",
        "leave them out; --markdown FILE writes the table");
  }
  const std::vector<Measurements> left = load_measurements(options.base),
                                  right = load_measurements(options.candidate);
  if (left.size() != 1 || right.size() != 1) {
    throw UsageError("--side-by-side needs one run on each side",
                     "name one report or benchmark.json each");
  }
  const SideBySide table = side_by_side(left.front(), right.front());
  if (table.rows.empty()) {
    throw Error("no number of '" + options.base + "' is in '" + options.candidate + "'",
                "a guest's benchmarks are in the benchmark.json of its report",
                ExitStatus::invalid_data);
  }
  if (!how.markdown.empty()) write_named(how.markdown, side_by_side_markdown(table));
  print_text(side_by_side_console(table));
  return ExitStatus::pass;
}

}  // namespace

ExitStatus compare(const CompareOptions& options) {
  if (options.side_by_side) return show_side_by_side(options);
  const Rules rules = rules_of(options.comparison);
  return deliver(
      compare_all(load_measurements(options.base), load_measurements(options.candidate), rules),
      options.comparison);
}

}  // namespace harness
