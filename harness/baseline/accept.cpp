// From an old baseline and a run to the next baseline, with what changed between the two.
#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "baseline/baseline.h"
#include "compare/judge.h"
#include "stats/stats.h"

namespace harness {
namespace {

std::optional<double> value_of(const Measurements& side, const std::string& name) {
  const auto at = std::ranges::find(side.series, name, &Series::name);
  if (at == side.series.end() || at->samples.empty()) return std::nullopt;
  return stats::median(at->samples);
}

/// What people have added to the number in the old file.
void keep_rules(Series& series, const Measurements& old) {
  const auto at = std::ranges::find(old.series, series.name, &Series::name);
  if (at == old.series.end() || at->unit != series.unit) return;
  series.tolerance = at->tolerance;
  series.limit = at->limit;
  series.better = at->better;
}

/// The first numbers of a baseline are not a change: the list of metrics says them all.
std::vector<AcceptedChange> changes_between(const Measurements* old,
                                            const Measurements& candidate) {
  std::vector<AcceptedChange> changes;
  if (!old) return changes;
  for (const Series& series : candidate.series) {
    const auto before = value_of(*old, series.name);
    const auto after = value_of(candidate, series.name);
    if (before != after) changes.push_back({series.name, before, after});
  }
  for (const Series& series : old->series) {
    if (!value_of(candidate, series.name)) {
      changes.push_back({series.name, value_of(*old, series.name), std::nullopt});
    }
  }
  return changes;
}

/// Other numbers under another QEMU may be no change of the program: who reads them must know.
std::vector<ConditionChange> conditions_between(const Measurements& old,
                                                const Measurements& candidate) {
  std::vector<ConditionChange> changes = condition_changes(old, candidate);
  if (old.scenario != candidate.scenario) {
    changes.insert(changes.begin(), {"scenario", old.scenario, candidate.scenario});
  }
  return changes;
}

void require_usable(const Measurements& candidate) {
  const auto refuse = [&](const std::string& why) {
    throw Error(candidate.source + " cannot be a baseline: " + why, "", ExitStatus::invalid_data);
  };
  if (!candidate.fault.empty()) refuse(candidate.fault);
  if (candidate.series.empty()) refuse("it has no numbers");
  for (const Series& series : candidate.series) {
    if (const std::string fault = fault_of(series); !fault.empty()) {
      refuse(series.name + ": " + fault);
    }
  }
}

}  // namespace

std::optional<Baseline> accept(const Baseline* old, const Measurements& candidate, std::string why,
                               std::string date) {
  require_usable(candidate);
  std::vector<AcceptedChange> changes = changes_between(old ? &old->numbers : nullptr, candidate);
  std::vector<ConditionChange> conditions;
  if (old) conditions = conditions_between(old->numbers, candidate);
  if (old && changes.empty() && conditions.empty()) return std::nullopt;
  Baseline accepted{candidate, {}};
  if (old) {
    accepted.history = old->history;
    for (Series& series : accepted.numbers.series) keep_rules(series, old->numbers);
  }
  accepted.history.push_back({std::move(date), std::move(why), std::move(changes),
                              std::move(conditions), candidate.commit});
  return accepted;
}

}  // namespace harness
