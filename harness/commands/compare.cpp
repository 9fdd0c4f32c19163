#include "commands/compare.h"

#include "commands/finish.h"
#include "commands/progress.h"
#include "commands/sources.h"
#include "compare/render.h"
#include "compare/side_by_side.h"
#include "record/store.h"

namespace harness {

Rules rules_of(const ComparisonOptions& options) {
  Rules rules;
  rules.allow_missing = options.allow_missing;
  rules.allow_new = options.allow_new;
  rules.ignore_fingerprint = options.ignore_fingerprint;
  for (const std::string& text : options.tolerances) {
    // A name may hold "=", a tolerance does not.
    const std::size_t equals = text.rfind('=');
    const auto tolerance =
        parse_tolerance(equals == text.npos ? text : std::string_view(text).substr(equals + 1));
    if (!tolerance) {
      throw UsageError("--tolerance " + text + " is not a tolerance",
                       "write +0, 2%, '200 instructions', or NAME=2% for one number");
    }
    if (equals == text.npos) {
      rules.tolerance = tolerance;
    } else {
      rules.tolerances[text.substr(0, equals)] = *tolerance;
    }
  }
  return rules;
}

ExitStatus deliver(const std::vector<Comparison>& all, const ComparisonOptions& options) {
  if (!options.markdown.empty()) write_named(options.markdown, comparison_markdown(all));
  const std::string text =
      options.json ? comparison_json(all) : comparison_console(all, terminal_color());
  print_text(text);
  return status_of(all);
}

namespace {

ExitStatus show_side_by_side(const CompareOptions& options) {
  const ComparisonOptions& how = options.comparison;
  if (how.json || !how.tolerances.empty()) {
    throw UsageError(
        "--side-by-side judges nothing: --json and --tolerance have no meaning with it",
        "leave them out; --markdown FILE writes the table");
  }
  const std::vector<Measurements> left = load_measurements(options.base),
                                  right = load_measurements(options.fresh);
  if (left.size() != 1 || right.size() != 1) {
    throw UsageError("--side-by-side wants one run on each side",
                     "name one report or benchmark.json each");
  }
  const SideBySide table = side_by_side(left.front(), right.front());
  if (table.rows.empty()) {
    throw Error("no number of '" + options.base + "' is in '" + options.fresh + "'",
                "a guest's benchmarks stand in the benchmark.json of its report",
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
      compare_all(load_measurements(options.base), load_measurements(options.fresh), rules),
      options.comparison);
}

}  // namespace harness
