#include "commands/baseline.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "base/files.h"
#include "base/processors.h"
#include "base/text.h"
#include "baseline/baseline.h"
#include "commands/enough_boots.h"
#include "commands/moved_functions.h"
#include "compare/conditions.h"
#include "compare/figures.h"
#include "compare/samples_wanted.h"
#include "model/verdict.h"
#include "record/store.h"
#include "session/reported_run.h"
#include "sources/history_access.h"
#include "sources/sources.h"
#include "suite/select.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::string today() {
  return fmt::format("{:%Y-%m-%d}", std::chrono::time_point_cast<std::chrono::seconds>(
                                        std::chrono::system_clock::now()));
}

bool is_scenario(const std::string& subject) {
  return subject.ends_with(".yaml") || subject.ends_with(".yml");
}

std::string change_text(const AcceptedChange& change, const std::string& unit) {
  const ComparedNumber row{.name = change.name,
                           .change = Change::unchanged,
                           .unit = unit,
                           .base = change.old_value,
                           .candidate = change.new_value,
                           .detail = {}};
  const char* word = !change.old_value ? "new: " : !change.new_value ? "gone: " : "";
  return fmt::format("  {}{}: {}\n", word, printable(change.name), movement(row));
}

std::string unit_in(const Measurements& numbers, const std::string& name) {
  for (const Series& series : numbers.series) {
    if (series.name == name) return series.unit;
  }
  return {};
}

void print_acceptance(const Acceptance& one, const Measurements& numbers) {
  std::string text = fmt::format("{}  {}\n", printable(one.date), printable(one.why));
  if (!one.commit.empty()) text += "  at commit " + printable(one.commit) + "\n";
  for (const ConditionChange& condition : one.conditions) {
    const auto shown = [](const std::string& value) {
      return value.empty() ? "(none)" : printable(value);
    };
    text += fmt::format("  measured with another {}: {} → {}\n", printable(condition.name),
                        shown(condition.old_value), shown(condition.new_value));
  }
  for (const AcceptedChange& change : one.changes) {
    text += change_text(change, unit_in(numbers, change.name));
  }
  std::fputs(text.c_str(), stdout);
}

/// What `gate` says of a number that moves: in which function.
void keep_functions_beside(const Scenario& scenario, const BaselineOptions& options,
                           const Baseline& baseline) {
  const fs::path file = functions_file(options.baseline);
  if (has_functions(file, baseline)) return;
  const std::string why = keep_functions(scenario, options.run, file, baseline);
  if (why.empty()) {
    fmt::print("kept beside it: what each function executes, in {}\n", file.string());
  } else {
    fmt::print("what each function executes could not be kept beside it: {}\n", printable(why));
  }
}

/// Counted and host time never compare, so the one is no newer state of the other.
void refuse_other_clock(const Measurements& old, const Measurements& candidate,
                        const fs::path& file) {
  const std::string before = condition_of(old, "clock"), now = condition_of(candidate, "clock");
  if (before.empty() || now.empty() || before == now) return;
  throw UsageError(fmt::format("{} holds numbers of the {} clock, but these are of the {} clock",
                               file.string(), before, now),
                   "the two are not comparable: keep these in a baseline file of their own");
}

}  // namespace

ExitStatus accept_baseline(const BaselineOptions& options) {
  if (options.why.find_first_not_of(" \t\n") == std::string::npos) {
    throw UsageError("--why is empty: a baseline says why its numbers are what they are");
  }
  // A file that cannot be read is never replaced.
  std::optional<Baseline> old;
  if (fs::exists(options.baseline)) {
    old = baseline_from_json(read_file(options.baseline), options.baseline.string());
  }
  std::string report = options.subject;
  std::optional<Scenario> counted;  // what was booted, where instructions were counted
  if (is_scenario(options.subject)) {
    Scenario scenario = the_instance(options.subject, options.patterns);
    const fs::path folder = report_folder(scenario, options.run.output);
    EnoughBoots enough(nullptr, {});
    RunOptions run = options.run;
    run.boot_jobs = tasks_worth_running();
    run.another = [&](const RunRecord& boots) { return enough.wants_another(boots); };
    const RunRecord record = run_and_report(scenario, run);
    if (record.fingerprint.clock == ClockKind::counted) counted = std::move(scenario);
    keep_in_history(record, folder, run);
    if (exit_status(record.verdict.kind) != ExitStatus::pass) {
      print_result(record, with_details(options.run.output), folder);
      fmt::print("nothing was accepted: numbers of a run that does not pass are no baseline\n");
      return exit_status(record.verdict.kind);
    }
    if (!enough.ended().empty()) fmt::print("{}\n", enough.ended());
    report = folder.string();
  } else if (!options.patterns.empty()) {
    throw UsageError("-k chooses an instance of a scenario, and " + options.subject +
                     " is not one: it is taken for a report");
  }
  std::vector<Measurements> candidate = load_measurements(report);
  if (candidate.size() != 1) {
    throw UsageError(report + " holds several reports, but a baseline is made from one",
                     "name one of the folders in it");
  }
  if (old) refuse_other_clock(old->numbers, candidate.front(), options.baseline);
  // A report may be older than what stands here now.
  if (is_scenario(options.subject)) candidate.front().commit = commit_of(".");
  const auto accepted = accept(old ? &*old : nullptr, candidate.front(), options.why, today());
  if (!accepted) {
    fmt::print("{} already has these numbers: nothing was changed\n", options.baseline.string());
    if (counted && old) keep_functions_beside(*counted, options, *old);
    return ExitStatus::pass;
  }
  write_named(options.baseline, baseline_to_json(*accepted));
  print_acceptance(accepted->history.back(), accepted->numbers);
  fmt::print("accepted: {} numbers in {}\n", accepted->numbers.series.size(),
             options.baseline.string());
  if (counted) keep_functions_beside(*counted, options, *accepted);
  const auto noisy = std::ranges::count(accepted->numbers.series, true, &Series::noisy);
  const std::string wanted = samples_wanted(accepted->numbers, static_cast<std::size_t>(noisy));
  if (!wanted.empty()) {
    fmt::print(stderr, "uniharness: warning: a comparison with {} may only be inconclusive: {}\n",
               options.baseline.string(), wanted);
  }
  return ExitStatus::pass;
}

ExitStatus show_baseline(const fs::path& file) {
  const Baseline baseline = baseline_from_json(read_file(file), file.string());
  std::string text = printable(baseline.numbers.scenario) + ":";
  for (const auto& [key, value] : baseline.numbers.fingerprint) {
    if (!value.empty()) text += " " + printable(key) + " " + printable(value) + ",";
  }
  text.back() = '\n';
  for (const Series& series : baseline.numbers.series) {
    text += fmt::format("  {}:", printable(series.name));
    for (const double sample : series.samples) text += " " + number_of(sample);
    text += " " + printable(series.unit);
    if (series.tolerance) text += ", tolerance " + series.tolerance->text();
    if (series.limit) text += ", limit " + number_of(*series.limit);
    text += '\n';
  }
  std::fputs((text + "\n").c_str(), stdout);
  for (const Acceptance& one : baseline.history) print_acceptance(one, baseline.numbers);
  return ExitStatus::pass;
}

}  // namespace harness
