#include "ab_test/ab_test.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/time.h"
#include "compare/measurements.h"
#include "compare/number_names.h"
#include "record/summary.h"

namespace harness::ab {
namespace {

bool same_number(const Reading& a, const Reading& b) {
  return a.name == b.name && a.unit == b.unit;
}

bool contains(const std::vector<Reading>& readings, const Reading& wanted) {
  return std::ranges::any_of(readings,
                             [&](const Reading& one) { return same_number(one, wanted); });
}

std::optional<std::string> first_missing(const std::vector<Reading>& from,
                                         const std::vector<Reading>& in, const char* side) {
  for (const Reading& reading : from) {
    if (!contains(in, reading)) {
      return fmt::format("the {} image does not report '{}' in {}", side, reading.name,
                         reading.unit);
    }
  }
  return std::nullopt;
}

/// What moves with another number that is there: averages with their total, phases with the whole
/// boot.
bool is_redundant(const MetricSamples& metric) {
  return metric.source == NumberSource::phase ||
         (metric.source == NumberSource::bench && metric.name.ends_with(" per call")) ||
         (metric.source == NumberSource::profile && metric.name.ends_with(" avg"));
}

bool any_zero(const std::vector<double>& samples) {
  return std::ranges::any_of(samples, [](double x) { return x <= 0; });
}

}  // namespace

std::vector<Reading> readings_of(BootRecord boot, ClockKind clock) {
  std::vector<Reading> readings;
  // Under the counted clock the host's time is no result.
  if (clock == ClockKind::host) {
    readings.push_back({kWholeTime, "ms", in_milliseconds(boot.trace.wall)});
  }
  RunRecord record;
  record.fingerprint.clock = clock;
  record.boots.push_back(std::move(boot));
  const std::vector<MetricSamples> metrics = collect_samples(record);
  const std::vector<Series> named = series_of(metrics, 1, clock);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const MetricSamples& metric = metrics[i];
    if (is_redundant(metric)) continue;
    readings.push_back({named[i].name, metric.unit, static_cast<double>(metric.samples.front()),
                        better_of(metric) == Direction::higher});
  }
  return readings;
}

std::optional<std::string> AbTest::append(const std::vector<Reading>& base,
                                          const std::vector<Reading>& candidate,
                                          std::vector<AbRow>& to) const {
  if (auto problem = first_missing(base, candidate, "new")) return problem;
  if (auto problem = first_missing(candidate, base, "base")) return problem;
  for (AbRow& row : to) {
    const Reading key{row.name, row.unit, 0};
    const auto is_key = [&](const Reading& one) { return same_number(one, key); };
    const auto in_base = std::ranges::find_if(base, is_key);
    const auto in_candidate = std::ranges::find_if(candidate, is_key);
    if (in_base == base.end() || in_candidate == candidate.end()) {
      return fmt::format("'{}' was there at first and is missing now", row.name);
    }
    row.base.push_back(in_base->value);
    row.candidate.push_back(in_candidate->value);
  }
  return std::nullopt;
}

std::optional<std::string> AbTest::begin(const std::vector<Reading>& base,
                                         const std::vector<Reading>& candidate) {
  std::vector<std::string_view> names;
  names.reserve(base.size());
  for (const Reading& reading : base) names.emplace_back(reading.name);
  std::set<std::string_view> wanted;
  for (const std::string& word : plan_.metrics) {
    const std::vector<std::string_view> called = numbers_called(word, names);
    if (called.empty()) {
      return fmt::format("there is no number '{}'{}", printable(word), other_numbers(word, names));
    }
    wanted.insert(called.begin(), called.end());
  }
  for (const Reading& reading : base) {
    if (plan_.metrics.empty() || wanted.contains(reading.name)) {
      rows_.push_back({reading.name, reading.unit, {}, {}, {}, 0, reading.higher_is_better});
    }
  }
  warm_up_ = rows_;
  if (rows_.empty()) return "there is no number to compare";
  return append(base, candidate, warm_up_);
}

std::optional<std::string> AbTest::add(const std::vector<Reading>& base,
                                       const std::vector<Reading>& candidate) {
  ++pairs_;
  return append(base, candidate, rows_);
}

bool AbTest::look(bool last) {
  const auto planned = std::ranges::find(plan_.looks, pairs_, &stats::Look::samples);
  if (!last && planned == plan_.looks.end()) return false;
  stats::DecisionRules rules;
  rules.alpha = plan_.alpha;
  // Time that is up ends sampling between looks: that one spends the share of the last.
  rules.share = last ? plan_.looks.back().share : planned->share;
  rules.family = rows_.size();
  rules.min_effect = plan_.min_effect;
  rules.narrow = last ? std::max(plan_.narrow, plan_.margin) : plan_.narrow;
  rules.paired = true;
  bool all = true;
  for (AbRow& row : rows_) {
    if (!row.decision.settled) {
      rules.better = row.higher_is_better ? stats::Better::higher : stats::Better::lower;
      row.decision = stats::decide(row.base, row.candidate, rules);
      row.decided_after = pairs_;
      row.not_judged = !row.decision.settled && (any_zero(row.base) || any_zero(row.candidate));
    }
    all &= row.decision.settled || row.not_judged;
  }
  return all;
}

void decide_exactly(std::vector<AbRow>& rows) {
  const auto steady = [](const std::vector<double>& samples) {
    return std::ranges::all_of(samples, [&](double x) { return x == samples.front(); });
  };
  for (AbRow& row : rows) {
    stats::Decision& decision = row.decision;
    decision.base_median = stats::median(row.base);
    decision.candidate_median = stats::median(row.candidate);
    row.decided_after = row.base.size();
    if (!steady(row.base) || !steady(row.candidate)) {
      decision.reason = "two boots of one image differ: this number is not exact";
      continue;
    }
    const double from = row.base.front(), to = row.candidate.front();
    if (from > 0) decision.ratio = {to / from, {to / from, to / from}};
    decision.settled = true;
    const bool worse = row.higher_is_better ? to < from : to > from;
    decision.outcome = from == to ? stats::Conclusion::unchanged
                       : worse    ? stats::Conclusion::regression
                                  : stats::Conclusion::improvement;
    decision.reason = from == to ? "exactly equal" : fmt::format("{:+.0f} {}", to - from, row.unit);
  }
}

stats::Conclusion overall(const std::vector<AbRow>& rows) {
  using stats::Conclusion;
  if (std::ranges::all_of(rows, &AbRow::not_judged)) return Conclusion::inconclusive;
  for (const Conclusion outcome :
       {Conclusion::regression, Conclusion::inconclusive, Conclusion::improvement}) {
    if (std::ranges::any_of(rows, [&](const AbRow& row) {
          return !row.not_judged && row.decision.outcome == outcome;
        }))
      return outcome;
  }
  return Conclusion::unchanged;
}

}  // namespace harness::ab
