#include "compare/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "compare/broken_data.h"
#include "compare/figures.h"
#include "stats/decide.h"
#include "stats/runs.h"
#include "stats/stats.h"

namespace harness {

double median_of(const Series& series) {
  return series.samples.empty() ? 0 : stats::median(series.samples);
}

std::string fault_of(const Series& series) {
  if (series.skipped) return "it was skipped: " + *series.skipped;
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

namespace {

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
  double base, candidate;
};

/// By how much it got worse; below 0 it got better.
double worsening(Direction better, double base, double candidate) {
  if (better == Direction::neither) return std::abs(candidate - base);
  return better == Direction::higher ? base - candidate : candidate - base;
}

void judge_exact(ComparedNumber& row, const Series& base, Medians medians,
                 const Tolerance& tolerance) {
  const double worse = worsening(base.better, medians.base, medians.candidate);
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

void judge_noisy(ComparedNumber& row, const Series& base, const Series& candidate,
                 double median_of_base, const Tolerance& tolerance, const Rules& stated_rules,
                 const Circumstances& circumstances) {
  stats::DecisionRules rules;
  rules.family = circumstances.family;
  rules.share = stated_rules.share;
  rules.one_run_decides = stated_rules.one_run_decides ||
                          (stated_rules.chosen_files && circumstances.family <= kFewNumbers);
  static constexpr stats::Better kBetterOf[] = {stats::Better::lower, stats::Better::higher,
                                                stats::Better::neither};
  rules.better = kBetterOf[static_cast<std::size_t>(base.better)];
  const double stated = median_of_base > 0 ? tolerance.allowed(median_of_base) / median_of_base : 0;
  if (stated > rules.min_effect) rules.tolerated = stated;
  std::vector<double> begun = base.begun;
  if (circumstances.begun) begun.push_back(*circumstances.begun);
  const stats::Decision decision =
      base.runs
          ? stats::decide_against_runs(base.samples, median_of(candidate), rules, begun).decision
          : stats::decide(base.samples, candidate.samples, rules);
  if (base.runs) row.base = decision.base_median;
  static constexpr std::pair<stats::Conclusion, Change> kChangeOf[] = {
      {stats::Conclusion::regression, Change::regression},
      {stats::Conclusion::improvement, Change::improvement},
      {stats::Conclusion::unchanged, Change::unchanged},
      {stats::Conclusion::inconclusive, Change::inconclusive}};
  row.change =
      std::ranges::find(kChangeOf, decision.outcome, &std::pair<stats::Conclusion, Change>::first)
          ->second;
  row.detail = decision.reason;
  row.too_few = decision.too_few;
}

/// An absolute limit of the baseline holds whatever the tolerance says.
void judge_limit(ComparedNumber& row, const Series& base, Medians medians) {
  if (!base.limit) return;
  const bool higher = base.better == Direction::higher;
  if (higher ? medians.candidate >= *base.limit : medians.candidate <= *base.limit) return;
  row.change = Change::regression;
  row.by_limit = true;
  row.detail = fmt::format("the limit is {} {}", number_of(*base.limit), base.unit);
}

/// What cannot be compared of the two, and why; empty where all can.
std::string refusal(const Series& base, const Series& candidate) {
  const bool ran = !base.skipped && !candidate.skipped;
  if (ran && base.unit != candidate.unit) {
    return fmt::format("the unit changed from '{}' to '{}'", base.unit, candidate.unit);
  }
  if (ran && base.better != candidate.better) {
    return fmt::format("the better direction changed from {} to {}", direction_name(base.better),
                       direction_name(candidate.better));
  }
  if (const std::string why = fault_of(base); !why.empty()) return "in BASE: " + why;
  if (const std::string why = fault_of(candidate); !why.empty()) return "in NEW: " + why;
  return {};
}

std::optional<double> median_if_any(const Series& series) {
  return series.samples.empty() ? std::nullopt : std::optional(median_of(series));
}

}  // namespace

ComparedNumber compare_series(const Series& base, const Series& candidate, const Rules& rules,
                              const Circumstances& circumstances) {
  ComparedNumber row{.name = base.name,
                     .change = Change::unchanged,
                     .unit = base.unit,
                     .base = median_if_any(base),
                     .candidate = median_if_any(candidate),
                     .detail = {}};
  if (base.skipped && candidate.skipped) {
    row.change = Change::skipped;
    row.detail = *base.skipped;
    if (*candidate.skipped != *base.skipped) row.detail += "; in NEW: " + *candidate.skipped;
    return row;
  }
  row.detail = refusal(base, candidate);
  if (!row.detail.empty()) {
    row.change = Change::not_comparable;
    // A difference of two units is none.
    if (base.unit != candidate.unit) row.candidate.reset();
    return row;
  }
  row.noisy = base.noisy || candidate.noisy;
  for (const auto& [side, name] : {std::pair{&base, "BASE"}, std::pair{&candidate, "NEW"}}) {
    const std::string why = broken_data(*side, base.runs);
    if (why.empty()) continue;
    row.change = Change::invalid;
    row.detail = fmt::format("in {}: {}", name, why);
    return row;
  }
  const Medians medians{row.base.value_or(0), row.candidate.value_or(0)};
  const Tolerance tolerance = tolerance_of(base, rules);
  if (row.noisy) {
    judge_noisy(row, base, candidate, medians.base, tolerance, rules, circumstances);
  } else {
    judge_exact(row, base, medians, tolerance);
  }
  judge_limit(row, base, medians);
  return row;
}

}  // namespace harness
