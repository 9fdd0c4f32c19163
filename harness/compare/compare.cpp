#include "compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "compare/conditions.h"
#include "compare/figures.h"
#include "compare/samples_wanted.h"
#include "stats/decide.h"

namespace harness {
namespace {

constexpr std::array<const char*, kChanges> kChangeNames = {
    "unchanged", "improvement", "regression", "inconclusive",
    "missing",   "new",         "renamed",    "not comparable"};

const Series* find(const std::vector<Series>& all, const std::string& name) {
  const auto at = std::ranges::find(all, name, &Series::name);
  return at == all.end() ? nullptr : &*at;
}

double middle(const Series& series) {
  return series.samples.empty() ? 0 : stats::median(series.samples);
}

/// Why the samples of one side cannot be used, or "".
std::string fault_of(const Series& series) {
  if (!series.fault.empty()) return series.fault;
  if (series.samples.empty()) return "there is no sample";
  for (const double x : series.samples) {
    if (!std::isfinite(x)) return "a sample is not a finite number";
    if (x < 0) return fmt::format("a sample is negative: {}", number_of(x));
  }
  if (series.noisy) return {};
  const auto [low, high] = std::ranges::minmax(series.samples);
  if (low == high) return {};
  return fmt::format("must be exact and differs between boots: {} to {}", number_of(low),
                     number_of(high));
}

/// What one number may lose: the caller's word, then that of the baseline, then none.
Tolerance tolerance_of(const Series& base, const Rules& rules) {
  const auto named = rules.tolerances.find(base.name);
  Tolerance tolerance;
  if (named != rules.tolerances.end()) {
    tolerance = named->second;
  } else if (base.tolerance) {
    tolerance = *base.tolerance;
  } else if (rules.tolerance &&
             (rules.tolerance->unit.empty() || rules.tolerance->unit == base.unit)) {
    tolerance = *rules.tolerance;  // one in a unit is about the numbers in that unit
  }
  if (!tolerance.unit.empty() && tolerance.unit != base.unit) {
    throw UsageError(fmt::format("a tolerance of {} for '{}', which is in {}", tolerance.text(),
                                 base.name, base.unit.empty() ? "no unit" : base.unit));
  }
  return tolerance;
}

struct Medians {
  double base, fresh;
};

/// By how much it got worse; below 0 it got better.
double worsening(Direction better, double base, double fresh) {
  if (better == Direction::neither) return std::abs(fresh - base);
  return better == Direction::higher ? base - fresh : fresh - base;
}

void judge_exact(ComparedNumber& row, const Series& base, Medians medians,
                 const Tolerance& tolerance) {
  const double worse = worsening(base.better, medians.base, medians.fresh);
  const double allowed = tolerance.allowed(medians.base);
  if (worse > allowed) {
    row.change = Change::regression;
    if (allowed > 0) row.detail = "allowed: " + tolerance.text();
    if (base.better == Direction::neither) row.detail += "any change of it counts";
  } else if (worse < -allowed) {
    row.change = Change::improvement;
  } else if (worse != 0) {
    row.detail = "within " + tolerance.text();
  }
}

void judge_noisy(ComparedNumber& row, const Series& base, const Series& fresh,
                 const Tolerance& tolerance, std::size_t family) {
  stats::Rules rules;
  rules.family = family;
  static constexpr stats::Better kBetterOf[] = {stats::Better::lower, stats::Better::higher,
                                                stats::Better::neither};
  rules.better = kBetterOf[static_cast<std::size_t>(base.better)];
  const double middle_of_base = middle(base);
  const double stated = middle_of_base > 0 ? tolerance.allowed(middle_of_base) / middle_of_base : 0;
  if (stated > rules.min_effect) rules.tolerated = stated;
  const stats::Decision decision = stats::decide(base.samples, fresh.samples, rules);
  static constexpr std::pair<stats::Outcome, Change> kChangeOf[] = {
      {stats::Outcome::regression, Change::regression},
      {stats::Outcome::improvement, Change::improvement},
      {stats::Outcome::unchanged, Change::unchanged},
      {stats::Outcome::inconclusive, Change::inconclusive}};
  row.change =
      std::ranges::find(kChangeOf, decision.outcome, &std::pair<stats::Outcome, Change>::first)
          ->second;
  row.detail = decision.reason;
  row.too_few = decision.too_few;
}

/// An absolute limit of the baseline holds whatever the tolerance says.
void judge_limit(ComparedNumber& row, const Series& base, Medians medians) {
  if (!base.limit) return;
  const bool higher = base.better == Direction::higher;
  if (higher ? medians.fresh >= *base.limit : medians.fresh <= *base.limit) return;
  row.change = Change::regression;
  row.detail = fmt::format("the limit is {} {}", number_of(*base.limit), base.unit);
}

ComparedNumber compare_series(const Series& base, const Series& fresh, const Rules& rules,
                              std::size_t family) {
  const Medians medians{middle(base), middle(fresh)};
  ComparedNumber row{.name = base.name,
                     .change = Change::unchanged,
                     .unit = base.unit,
                     .base = medians.base,
                     .fresh = medians.fresh,
                     .detail = {}};
  const auto refuse = [&](std::string why) {
    row.change = Change::not_comparable;
    row.detail = std::move(why);
    return row;
  };
  if (base.unit != fresh.unit) {
    return refuse(fmt::format("the unit changed from '{}' to '{}'", base.unit, fresh.unit));
  }
  if (base.better != fresh.better) {
    return refuse(fmt::format("the better direction changed from {} to {}",
                              direction_name(base.better), direction_name(fresh.better)));
  }
  if (const std::string why = fault_of(base); !why.empty()) return refuse("in BASE: " + why);
  if (const std::string why = fault_of(fresh); !why.empty()) return refuse("in NEW: " + why);

  const Tolerance tolerance = tolerance_of(base, rules);
  if (base.noisy || fresh.noisy) {
    judge_noisy(row, base, fresh, tolerance, family);
  } else {
    judge_exact(row, base, medians, tolerance);
  }
  judge_limit(row, base, medians);
  return row;
}

/// A missing and a new number that could be one: the same unit and the same value, not zero.
void suspect_renames(std::vector<ComparedNumber>& rows) {
  for (ComparedNumber& missing : rows) {
    if (missing.change != Change::missing || missing.base == 0) continue;
    const auto added = std::ranges::find_if(rows, [&](const ComparedNumber& row) {
      return row.change == Change::added && row.unit == missing.unit && row.fresh == missing.base;
    });
    if (added == rows.end()) continue;
    missing.change = Change::renamed;
    missing.fresh = added->fresh;
    missing.detail =
        fmt::format("now called '{}'? The value and the unit are the same", added->name);
    rows.erase(added);
    return suspect_renames(rows);  // erase() has moved the rows
  }
}

/// How many numbers share the rate of false alarms.
std::size_t noisy_in_common(const Measurements& base, const Measurements& fresh) {
  return static_cast<std::size_t>(std::ranges::count_if(
      base.series, [&](const Series& s) { return s.noisy && find(fresh.series, s.name); }));
}

bool is_allowed(Change change, const Rules& rules) {
  return (change == Change::missing && rules.allow_missing) ||
         (change == Change::added && rules.allow_new) ||
         (change == Change::renamed && rules.allow_missing && rules.allow_new);
}

std::vector<ComparedNumber> compare_rows(const Measurements& base, const Measurements& fresh,
                                         const Rules& rules) {
  const std::size_t family = noisy_in_common(base, fresh);
  std::vector<ComparedNumber> rows;
  for (const Series& series : base.series) {
    if (const Series* other = find(fresh.series, series.name)) {
      rows.push_back(compare_series(series, *other, rules, family));
    } else {
      rows.push_back({series.name, Change::missing, series.unit, middle(series), {}, {}});
    }
  }
  for (const Series& series : fresh.series) {
    if (find(base.series, series.name)) continue;
    rows.push_back({series.name, Change::added, series.unit, {}, middle(series), fault_of(series)});
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

Comparison compare_checked(const Measurements& base, const Measurements& fresh,
                           const Rules& rules) {
  Comparison result{.scenario = fresh.scenario,
                    .base = base.source,
                    .fresh = fresh.source,
                    .rows = {},
                    .faults = {},
                    .notes = {}};
  if (base.scenario != fresh.scenario) {
    result.notes.push_back(
        fmt::format("two names are compared: {} and {}", base.scenario, fresh.scenario));
  }
  for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&fresh, "NEW"}}) {
    if (!side->fault.empty()) result.faults.push_back(fmt::format("{}: {}", name, side->fault));
    if (side->series.empty()) result.faults.push_back(fmt::format("{} has no numbers", name));
    if (!side->note.empty()) result.notes.push_back(fmt::format("{}: {}", name, side->note));
  }
  if (const std::string unlike = fingerprint_difference(base, fresh); !unlike.empty()) {
    auto& where = rules.ignore_fingerprint ? result.notes : result.faults;
    where.push_back("measured under other conditions: " + unlike +
                    (rules.ignore_fingerprint ? " (compared because it was asked for)" : ""));
  }
  const bool common = std::ranges::any_of(
      base.series, [&](const Series& series) { return find(fresh.series, series.name); });
  if (!common && !base.series.empty() && !fresh.series.empty()) {
    result.faults.emplace_back("the two have no number in common");
  }
  if (result.faults.empty()) {
    result.rows = compare_rows(base, fresh, rules);
    if (const std::string note = common_factor(result.rows); !note.empty()) {
      result.notes.push_back(note);
    }
    if (std::ranges::any_of(result.rows, &ComparedNumber::too_few)) {
      for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&fresh, "NEW"}}) {
        const std::string wanted = samples_wanted(*side, noisy_in_common(base, fresh));
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

Comparison compare(const Measurements& base, const Measurements& fresh, const Rules& rules) {
  Comparison result = compare_checked(base, fresh, rules);
  if (result.faults.empty()) check_tolerances({&base, 1}, rules);
  return result;
}

std::vector<Comparison> compare_all(const std::vector<Measurements>& base,
                                    const std::vector<Measurements>& fresh, const Rules& rules) {
  if (base.size() == 1 && fresh.size() == 1) return {compare(base[0], fresh[0], rules)};
  check_tolerances(base, rules);
  std::vector<Comparison> all;
  const auto alone = [&](const Measurements& one, const char* side, bool allowed) {
    Comparison only{
        .scenario = one.scenario, .base = {}, .fresh = {}, .rows = {}, .faults = {}, .notes = {}};
    auto& where = allowed ? only.notes : only.faults;
    where.push_back(fmt::format("only {} has {}", side, one.scenario));
    only.status = allowed ? ExitStatus::pass : ExitStatus::invalid_data;
    all.push_back(std::move(only));
  };
  for (const Measurements& old : base) {
    const auto match = std::ranges::find(fresh, old.scenario, &Measurements::scenario);
    if (match == fresh.end()) {
      alone(old, "BASE", rules.allow_missing);
    } else {
      all.push_back(compare_checked(old, *match, rules));
    }
  }
  for (const Measurements& one : fresh) {
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
