#include "commands/enough_boots.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/format.h"
#include "compare/several_runs.h"
#include "record/summary.h"

namespace harness {
namespace {

constexpr std::size_t kMostSamples = 60;
constexpr std::chrono::seconds kMostTime{60};

bool has_noisy(const Comparison& comparison) {
  return std::ranges::any_of(comparison.rows, &ComparedNumber::noisy);
}

bool is_settled(const Comparison& comparison) {
  return std::ranges::none_of(comparison.rows, [](const ComparedNumber& row) {
    return row.noisy && row.change == Change::inconclusive;
  });
}

/// Of a number with so few samples nothing can be said, however many the other side has.
bool is_too_small(const Measurements& base) {
  return std::ranges::any_of(base.series, [](const Series& series) {
    return series.noisy && series.fault.empty() &&
           series.samples.size() < stats::DecisionRules{}.min_samples;
  });
}

}  // namespace

EnoughBoots::EnoughBoots(const Measurements* base, Rules rules)
    : base_(base), rules_(std::move(rules)), looks_(stats::planned_looks(kMostSamples)) {}

Comparison EnoughBoots::compared(const RunRecord& record) const {
  RunRecord passed = record;
  passed.verdict = {};
  const Measurements numbers = measurements_of(passed, "this run");
  return compare(base_ ? *base_ : numbers, numbers, rules_);
}

bool EnoughBoots::end(const RunRecord& record, const char* why) {
  ended_ = fmt::format("{}: {}", count_of(record.boots.size(), "boot"), why);
  return false;
}

bool EnoughBoots::wants_another(const RunRecord& record) {
  const auto now = std::chrono::steady_clock::now();
  const std::size_t samples = measured_boots(record).size();
  if (record.boots.back().ending.kind != VerdictKind::pass) return false;
  if (!start_) {
    start_ = now;
    const Comparison first = compared(record);
    if (!first.faults.empty() || !has_noisy(first)) return false;
    if (base_ && is_too_small(*base_)) return end(record, "more cannot help, BASE has too few");
  }
  if (base_ && is_of_runs(*base_) && samples >= looks_.front().samples) {
    return end(record, "they are one value among runs");
  }
  const auto look = std::ranges::find(looks_, samples, &stats::Look::samples);
  const bool time_is_up = now - *start_ >= kMostTime;
  const bool last = time_is_up || samples >= looks_.back().samples;
  if (!last && look == looks_.end()) return true;
  // What ends sampling between looks spends the share of the last.
  rules_.share = last ? looks_.back().share : look->share;
  if (is_settled(compared(record))) return end(record, "every number is settled");
  if (!last) return true;
  return end(record, time_is_up ? "the time is up" : "the boots are used up");
}

}  // namespace harness
