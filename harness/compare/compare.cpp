#include "compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "compare/conditions.h"
#include "compare/judge.h"
#include "compare/samples_wanted.h"

namespace harness {
namespace {

constexpr std::array<const char*, kChanges> kChangeNames = {
    "unchanged", "improvement", "regression", "inconclusive",
    "missing",   "new",         "renamed",    "not comparable"};

const Series* find(const std::vector<Series>& all, const std::string& name) {
  const auto at = std::ranges::find(all, name, &Series::name);
  return at == all.end() ? nullptr : &*at;
}

/// A missing and a new number that could be one: the same unit and the same value, not zero.
void suspect_renames(std::vector<ComparedNumber>& rows) {
  for (ComparedNumber& missing : rows) {
    if (missing.change != Change::missing || missing.base == 0) continue;
    const auto added = std::ranges::find_if(rows, [&](const ComparedNumber& row) {
      return row.change == Change::added && row.unit == missing.unit &&
             row.candidate == missing.base;
    });
    if (added == rows.end()) continue;
    missing.change = Change::renamed;
    missing.candidate = added->candidate;
    missing.detail =
        fmt::format("now called '{}'? The value and the unit are the same", added->name);
    rows.erase(added);
    return suspect_renames(rows);  // erase() has moved the rows
  }
}

/// How many numbers share the rate of false alarms.
std::size_t noisy_in_common(const Measurements& base, const Measurements& candidate) {
  return static_cast<std::size_t>(std::ranges::count_if(
      base.series, [&](const Series& s) { return s.noisy && find(candidate.series, s.name); }));
}

bool is_allowed(Change change, const Rules& rules) {
  return (change == Change::missing && rules.allow_missing) ||
         (change == Change::added && rules.allow_new) ||
         (change == Change::renamed && rules.allow_missing && rules.allow_new);
}

std::vector<ComparedNumber> compare_rows(const Measurements& base, const Measurements& candidate,
                                         const Rules& rules) {
  const std::size_t family = noisy_in_common(base, candidate);
  std::vector<ComparedNumber> rows;
  for (const Series& series : base.series) {
    if (const Series* other = find(candidate.series, series.name)) {
      rows.push_back(compare_series(series, *other, rules, family));
    } else {
      rows.push_back({series.name, Change::missing, series.unit, median_of(series), {}, {}});
    }
  }
  for (const Series& series : candidate.series) {
    if (find(base.series, series.name)) continue;
    rows.push_back(
        {series.name, Change::added, series.unit, {}, median_of(series), fault_of(series)});
  }
  suspect_renames(rows);
  for (ComparedNumber& row : rows) row.allowed = is_allowed(row.change, rules);
  return rows;
}

ExitStatus status_of_rows(const Comparison& comparison) {
  if (!comparison.faults.empty()) return ExitStatus::invalid_data;
  ExitStatus status = ExitStatus::pass;
  for (const ComparedNumber& row : comparison.rows) {
    if (row.change == Change::regression) return ExitStatus::regression;
    if (passes(row) || status == ExitStatus::invalid_data) continue;
    status =
        row.change == Change::inconclusive ? ExitStatus::inconclusive : ExitStatus::invalid_data;
  }
  return status;
}

/// A tolerance that is about nothing is a slip of the pen that would pass for a rule.
void check_tolerances(std::span<const Measurements> bases, const Rules& rules) {
  const std::string them =
      bases.size() == 1 ? bases.front().source + " does not have" : "none of BASE has";
  for (const auto& [name, tolerance] : rules.tolerances) {
    const auto has = [&](const Measurements& base) { return find(base.series, name) != nullptr; };
    if (std::ranges::none_of(bases, has)) {
      throw UsageError(fmt::format("a tolerance for '{}', which {}", name, them));
    }
  }
  if (!rules.tolerance || rules.tolerance->unit.empty()) return;
  const auto has_unit = [&](const Measurements& base) {
    return std::ranges::count(base.series, rules.tolerance->unit, &Series::unit) != 0;
  };
  if (std::ranges::none_of(bases, has_unit)) {
    throw UsageError(
        fmt::format("a tolerance of {}, a unit that {}", rules.tolerance->text(), them));
  }
}

Comparison compare_checked(const Measurements& base, const Measurements& candidate,
                           const Rules& rules) {
  Comparison result{.scenario = candidate.scenario,
                    .base = base.source,
                    .candidate = candidate.source,
                    .rows = {},
                    .faults = {},
                    .notes = {}};
  if (base.scenario != candidate.scenario) {
    result.notes.push_back(
        fmt::format("two names are compared: {} and {}", base.scenario, candidate.scenario));
  }
  for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&candidate, "NEW"}}) {
    if (!side->fault.empty()) result.faults.push_back(fmt::format("{}: {}", name, side->fault));
    if (side->series.empty()) result.faults.push_back(fmt::format("{} has no numbers", name));
    if (!side->note.empty()) result.notes.push_back(fmt::format("{}: {}", name, side->note));
  }
  if (const std::string unlike = fingerprint_difference(base, candidate); !unlike.empty()) {
    auto& where = rules.ignore_fingerprint ? result.notes : result.faults;
    where.push_back("measured under other conditions: " + unlike +
                    (rules.ignore_fingerprint ? " (compared because it was asked for)" : ""));
  }
  const bool common = std::ranges::any_of(
      base.series, [&](const Series& series) { return find(candidate.series, series.name); });
  if (!common && !base.series.empty() && !candidate.series.empty()) {
    result.faults.emplace_back("the two have no number in common");
  }
  if (result.faults.empty()) {
    result.rows = compare_rows(base, candidate, rules);
    if (const std::string note = common_factor(result.rows); !note.empty()) {
      result.notes.push_back(note);
    }
    if (std::ranges::any_of(result.rows, &ComparedNumber::too_few)) {
      const std::size_t family = noisy_in_common(base, candidate);
      for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&candidate, "NEW"}}) {
        const std::string wanted = samples_wanted(*side, family);
        if (!wanted.empty()) result.notes.push_back(fmt::format("{}: {}", name, wanted));
      }
    }
  }
  result.status = status_of_rows(result);
  return result;
}

}  // namespace

const char* change_name(Change change) { return kChangeNames[static_cast<std::size_t>(change)]; }

bool passes(const ComparedNumber& row) {
  return row.allowed || row.change == Change::unchanged || row.change == Change::improvement;
}

Comparison compare(const Measurements& base, const Measurements& candidate, const Rules& rules) {
  Comparison result = compare_checked(base, candidate, rules);
  if (result.faults.empty()) check_tolerances({&base, 1}, rules);
  return result;
}

std::vector<Comparison> compare_all(const std::vector<Measurements>& base,
                                    const std::vector<Measurements>& candidate,
                                    const Rules& rules) {
  if (base.size() == 1 && candidate.size() == 1) return {compare(base[0], candidate[0], rules)};
  check_tolerances(base, rules);
  std::vector<Comparison> all;
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
