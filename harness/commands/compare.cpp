#include "commands/compare.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/files.h"
#include "compare/render.h"
#include "compare/side_by_side.h"
#include "output/comparison_output.h"
#include "output/finish.h"
#include "run/progress.h"
#include "sources/history_source.h"
#include "sources/sources.h"
#include "stats/runs.h"

namespace harness {

namespace {

ExitStatus show_side_by_side(const CompareOptions& options) {
  const ComparisonOptions& how = options.comparison;
  if (how.json || !how.tolerances.empty()) {
    throw UsageError(
        "--side-by-side judges nothing: --json and --tolerance have no meaning with it",
        "leave them out; --markdown FILE writes the table");
  }
  const std::string &base = options.sides.front(), &candidate = options.sides.back();
  const std::vector<Measurements> left = load_measurements(base),
                                  right = load_measurements(candidate);
  if (options.sides.size() != 2 || left.size() != 1 || right.size() != 1) {
    throw UsageError("--side-by-side needs one run on each side",
                     "name one report or benchmark.json each");
  }
  const SideBySide table = side_by_side(left.front(), right.front());
  if (table.rows.empty()) {
    throw Error("no number of '" + base + "' is in '" + candidate + "'",
                "a guest's benchmarks are in the benchmark.json of its report",
                ExitStatus::invalid_data);
  }
  if (!how.markdown.empty()) write_named(how.markdown, side_by_side_markdown(table));
  print_text(side_by_side_console(table));
  return ExitStatus::pass;
}

/// Where there is a history, alarms by host time must hold against its runs, too.
void hold_against_history(std::vector<Comparison>& all, const std::vector<Measurements>& candidates,
                          const Rules& rules) {
  constexpr std::size_t kRuns = 30;
  for (Comparison& comparison : all) {
    if (std::ranges::none_of(comparison.rows, is_alarm_by_statistics)) continue;
    const auto candidate =
        std::ranges::find(candidates, comparison.scenario, &Measurements::scenario);
    if (candidate == candidates.end()) continue;
    const auto base = runs_before(comparison.scenario, kRuns, *candidate, rules);
    if (!base) continue;
    const bool enough = std::ranges::any_of(base->series, [](const Series& series) {
      return series.runs && series.samples.size() >= stats::kFewestRuns;
    });
    if (enough) hold_against_runs(comparison, *base, *candidate, rules);
  }
}

/// Of two files of 260,000 benchmarks, giving back what they held, number by number, takes a tenth
/// of the time, and the process is about to end.
template <class T>
T& kept_to_the_end(T value) {
  static std::deque<T>& all = *new std::deque<T>;
  return all.emplace_back(std::move(value));
}

}  // namespace

ExitStatus compare(const CompareOptions& options) {
  if (options.side_by_side) return show_side_by_side(options);
  Rules rules = rules_of(options.comparison);
  const auto& candidate = kept_to_the_end(load_measurements(options.sides.back()));
  const std::vector<std::string> base(options.sides.begin(), options.sides.end() - 1);
  // Who names files has chosen them; runs of the history are whatever came before.
  rules.chosen_files = !options.comparison.several_runs_decide && base.size() > 1 &&
                       std::ranges::none_of(base, [](const std::string& side) {
                         return side.starts_with(kHistoryPrefix);
                       });
  const auto& bases = kept_to_the_end(load_base(base, candidate, rules));
  std::vector<Comparison>& all = kept_to_the_end(compare_all(bases, candidate, rules));
  const bool of_runs = base.size() > 1 || names_runs_of_history(base.front());
  if (!of_runs) hold_against_history(all, candidate, rules);
  return deliver(all, options.comparison);
}

}  // namespace harness
