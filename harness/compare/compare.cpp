#include "compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

#include "compare/broken_data.h"
#include "compare/conditions.h"
#include "compare/named_tolerances.h"
#include "compare/rows.h"
#include "compare/samples_wanted.h"
#include "compare/series_index.h"
#include "compare/several_runs.h"

namespace harness {
namespace {

constexpr std::array<const char*, kChanges> kChangeNames = {
    "unchanged", "improvement", "regression",     "inconclusive", "missing",
    "new",       "renamed",     "not comparable", "skipped",      "invalid"};

ExitStatus status_of_rows(const Comparison& comparison) {
  if (!comparison.faults.empty()) return ExitStatus::invalid_data;
  ExitStatus status = ExitStatus::pass;
  for (const ComparedNumber& row : comparison.rows) {
    if (row.change == Change::regression && !row.shown_only) return ExitStatus::regression;
    if (passes(row) || status == ExitStatus::invalid_data) continue;
    status =
        row.change == Change::inconclusive ? ExitStatus::inconclusive : ExitStatus::invalid_data;
  }
  return status;
}

bool have_common_name(const Measurements& base, const Measurements& candidate) {
  // Mostly the first is there, and a table of all names is not needed.
  if (std::ranges::find(candidate.series, base.series.front().name, &Series::name) !=
      candidate.series.end()) {
    return true;
  }
  SeriesIndex names(candidate);
  return std::ranges::any_of(base.series, [&](const Series& s) { return names.find(s.name); });
}

void add_rows(Comparison& result, const Measurements& base, const Measurements& candidate,
              const Rules& rules) {
  ComparedRows compared = compare_rows(base, candidate, rules);
  result.rows = std::move(compared.rows);
  std::ranges::move(compared.notes, std::back_inserter(result.notes));
  const auto is_skipped = [](const ComparedNumber& row) { return row.change == Change::skipped; };
  if (std::ranges::all_of(result.rows, is_skipped)) {
    result.faults.emplace_back("nothing was compared: every benchmark was skipped");
  }
  if (std::string fault = mark_common_factor(result.rows); !fault.empty()) {
    result.notes.push_back(std::move(fault));
  } else if (std::string note = common_factor(result.rows); !note.empty()) {
    result.notes.push_back(std::move(note));
  }
  if (std::ranges::none_of(result.rows, &ComparedNumber::too_few)) return;
  if (is_of_runs(base)) return;  // more samples of a run help nothing
  for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&candidate, "NEW"}}) {
    const std::string wanted = samples_wanted(*side, compared.family);
    if (!wanted.empty()) result.notes.push_back(fmt::format("{}: {}", name, wanted));
  }
}

Comparison compare_checked(const Measurements& base, const Measurements& candidate,
                           const Rules& rules) {
  Comparison result{.scenario = candidate.scenario,
                    .base = base.source,
                    .candidate = candidate.source,
                    .rows = {},
                    .faults = {},
                    .notes = {},
                    .base_commit = base.commit,
                    .candidate_commit = candidate.commit};
  if (base.scenario != candidate.scenario) {
    const bool waived = std::ranges::count(rules.ignore, kScenarioCondition) != 0;
    std::string names =
        fmt::format("two names are compared: {} and {}", base.scenario, candidate.scenario);
    if (rules.same_scenario && !waived) {
      result.faults.push_back(names + " (where that is meant: --ignore scenario)");
    } else {
      result.notes.push_back(std::move(names));
    }
  }
  for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&candidate, "NEW"}}) {
    if (!side->fault.empty()) result.faults.push_back(fmt::format("{}: {}", name, side->fault));
    if (side->series.empty()) result.faults.push_back(fmt::format("{} has no numbers", name));
    if (!side->note.empty()) result.notes.push_back(fmt::format("{}: {}", name, side->note));
  }
  const auto [waived, refused] = unlike_conditions(base, candidate, rules);
  constexpr char kUnlike[] = "measured under other conditions: ";
  if (!refused.empty()) result.faults.push_back(kUnlike + conditions_text(refused));
  if (!waived.empty()) {
    result.notes.push_back(kUnlike + conditions_text(waived) +
                           " (compared because it was asked for)");
  }
  if (std::string note = nothing_to_ignore(base, candidate, rules); !note.empty()) {
    result.notes.push_back(std::move(note));
  }
  const bool both = !base.series.empty() && !candidate.series.empty();
  if (both && !have_common_name(base, candidate)) {
    result.faults.emplace_back("the two have no number in common");
  }
  if (result.faults.empty()) add_rows(result, base, candidate, with_full_names(base, rules));
  result.status = status_of_rows(result);
  return result;
}

}  // namespace

const char* change_name(Change change) { return kChangeNames[static_cast<std::size_t>(change)]; }

bool is_alarm_by_statistics(const ComparedNumber& row) {
  const bool alarm = row.change == Change::regression || row.change == Change::improvement;
  return alarm && row.noisy && !row.by_limit;
}

bool passes(const ComparedNumber& row) {
  return row.allowed || row.shown_only || row.change == Change::unchanged ||
         row.change == Change::improvement || row.change == Change::skipped;
}

Comparison compare(const Measurements& base, const Measurements& candidate, const Rules& rules) {
  check_ignored({&base, 1}, {&candidate, 1}, rules);
  Comparison result = compare_checked(base, candidate, rules);
  if (result.faults.empty()) {
    check_tolerances({&base, 1}, rules);
    check_gates({&base, &candidate}, rules);
  }
  return result;
}

void cap_at_inconclusive(Comparison& comparison, const std::string& why) {
  for (ComparedNumber& row : comparison.rows) {
    if (!is_alarm_by_statistics(row)) continue;
    row.detail = fmt::format("{}, and {}{}{}", change_name(row.change), why,
                             row.detail.empty() ? "" : "; ", row.detail);
    row.change = Change::inconclusive;
  }
  comparison.status = status_of_rows(comparison);
}

void hold_against_runs(Comparison& comparison, const Measurements& runs,
                       const Measurements& candidate, const Rules& rules) {
  // Rules that name what the runs lack were checked against the base.
  const Comparison against_runs = compare_checked(runs, candidate, rules);
  ByName<const ComparedNumber*> by_name;
  by_name.reserve(against_runs.rows.size());
  for (const ComparedNumber& row : against_runs.rows) by_name.try_emplace(row.name, &row);
  bool taken_back = false;
  for (ComparedNumber& row : comparison.rows) {
    if (!is_alarm_by_statistics(row)) continue;
    const auto found = by_name.find(row.name);
    if (found == by_name.end()) continue;
    const ComparedNumber& other = *found->second;
    if (other.change == row.change || !other.noisy) continue;
    row.detail = fmt::format("{} between the two, and against the runs before {}: {}",
                             change_name(row.change), change_name(other.change), other.detail);
    row.change = Change::inconclusive;
    taken_back = true;
  }
  if (taken_back)
    comparison.notes.push_back("held against the history as well: " + against_runs.base);
  comparison.status = status_of_rows(comparison);
}

std::vector<Comparison> compare_all(const std::vector<Measurements>& base,
                                    const std::vector<Measurements>& candidate,
                                    const Rules& rules) {
  std::vector<Comparison> all;
  if (base.size() == 1 && candidate.size() == 1) {
    all.push_back(compare(base[0], candidate[0], rules));  // moved: {...} would copy all rows
    return all;
  }
  check_ignored(base, candidate, rules);
  check_tolerances(base, rules);
  std::vector<const Measurements*> sides;
  for (const auto* side : {&base, &candidate}) {
    for (const Measurements& one : *side) sides.push_back(&one);
  }
  check_gates(sides, rules);
  const auto alone = [&](const Measurements& one, const char* side, bool allowed) {
    Comparison only{.scenario = one.scenario,
                    .base = {},
                    .candidate = {},
                    .rows = {},
                    .faults = {},
                    .notes = {}};
    auto& where = allowed ? only.notes : only.faults;
    where.push_back(fmt::format("only {} has {}", side, one.scenario));
    only.status = allowed ? ExitStatus::pass : ExitStatus::invalid_data;
    all.push_back(std::move(only));
  };
  for (const Measurements& old : base) {
    const auto match = std::ranges::find(candidate, old.scenario, &Measurements::scenario);
    if (match == candidate.end()) {
      alone(old, "BASE", rules.allow_missing);
    } else {
      all.push_back(compare_checked(old, *match, rules));
    }
  }
  for (const Measurements& one : candidate) {
    const auto match = std::ranges::find(base, one.scenario, &Measurements::scenario);
    if (match == base.end()) alone(one, "NEW", rules.allow_new);
  }
  return all;
}

ExitStatus status_of(const std::vector<Comparison>& all) {
  const auto fault = [](const Comparison& one) { return !one.faults.empty(); };
  if (all.empty() || std::ranges::any_of(all, fault)) return ExitStatus::invalid_data;
  for (const ExitStatus status :
       {ExitStatus::regression, ExitStatus::invalid_data, ExitStatus::inconclusive}) {
    if (std::ranges::count(all, status, &Comparison::status) != 0) return status;
  }
  return ExitStatus::pass;
}

}  // namespace harness
