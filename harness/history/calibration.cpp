#include "history/calibration.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace harness::history {
namespace {

bool rises(double from, double to, double threshold) { return to > from * (1 + threshold); }

/// A rise found at `at`, or beside it: noise moves the place of a step by a run.
bool step_up_near(const Stretch& stretch, std::size_t at) {
  return std::ranges::any_of(stretch.steps, [&](const Step& step) {
    return step.after > step.before && step.at + 1 >= at && step.at <= at + 1;
  });
}

/// What became of the alarm at point `at`, which rose from the one before it.
Outcome outcome_of(const Stretch& stretch, std::size_t at, double threshold,
                   const StepRules& rules) {
  const std::vector<Point>& points = stretch.points;
  const std::string &before = points[at - 1].image_sha256, &now = points[at].image_sha256;
  const bool known = !before.empty() && !now.empty();
  if (known && before == now) return Outcome::false_alarm;
  const bool back =
      at + 1 < points.size() && !rises(points[at - 1].value, points[at + 1].value, threshold);
  if (stretch.exact) return !known && back ? Outcome::false_alarm : Outcome::real;
  if (step_up_near(stretch, at)) return Outcome::real;
  if (back || points.size() - at >= rules.shortest) return Outcome::false_alarm;
  return Outcome::undecided;
}

using PairKey = std::pair<std::string, std::string>;  // identities of the two runs

/// All alarms of one scenario and clock at one threshold.
struct Alarms {
  std::map<PairKey, std::set<Outcome>> by_pair;
  std::map<std::string, std::size_t> false_by_metric;
};

void replay(const Series& series, double threshold, const StepRules& rules, Alarms& alarms) {
  for (const Stretch& stretch : series.stretches) {
    for (std::size_t at = 1; at < stretch.points.size(); ++at) {
      if (!rises(stretch.points[at - 1].value, stretch.points[at].value, threshold)) continue;
      const Outcome outcome = outcome_of(stretch, at, threshold, rules);
      alarms.by_pair[{stretch.points[at - 1].identity, stretch.points[at].identity}].insert(
          outcome);
      if (outcome == Outcome::false_alarm) ++alarms.false_by_metric[series.key.metric];
    }
  }
}

ThresholdResult result_of(const Alarms& alarms, double threshold, std::size_t pairs) {
  ThresholdResult result;
  result.threshold = threshold;
  result.flagged = alarms.by_pair.size();
  for (const auto& [pair, outcomes] : alarms.by_pair) {
    if (outcomes.contains(Outcome::real)) {
      ++result.real;
    } else if (outcomes.contains(Outcome::false_alarm)) {
      ++result.false_alarms;
    } else {
      ++result.undecided;
    }
  }
  if (pairs > 0) {
    result.rate = static_cast<double>(result.false_alarms) / static_cast<double>(pairs);
  }
  const Interval interval = binomial_interval(result.false_alarms, pairs);
  result.low = interval.low;
  result.high = interval.high;
  for (const auto& [metric, count] : alarms.false_by_metric) {
    if (count <= result.noisiest_alarms) continue;
    result.noisiest = metric;
    result.noisiest_alarms = count;
  }
  return result;
}

/// Runs and pairs of runs that a gate could have compared, by what it compares: any common number.
void count_pairs(std::span<const Series* const> all, CalibrationGroup& group) {
  std::set<PairKey> pairs;
  std::set<std::string> runs;
  for (const Series* series : all) {
    for (const Stretch& stretch : series->stretches) {
      for (std::size_t i = 0; i < stretch.points.size(); ++i) {
        runs.insert(stretch.points[i].identity);
        if (i > 0) pairs.insert({stretch.points[i - 1].identity, stretch.points[i].identity});
      }
    }
  }
  group.runs = runs.size();
  group.pairs = pairs.size();
  group.enough = group.pairs >= kFewestPairs;
}

/// log of the binomial probability of exactly k of n.
double log_probability(double k, double n, double p) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) +
         (n - k) * std::log1p(-p);
}
/// Probability of at most `hits` of `trials` at rate p, which is neither 0 nor 1.
double at_most(std::size_t hits, std::size_t trials, double p) {
  double sum = 0;
  for (std::size_t k = 0; k <= hits; ++k) {
    sum += std::exp(log_probability(static_cast<double>(k), static_cast<double>(trials), p));
  }
  return std::min(sum, 1.0);
}
/// The rate at which at_most(hits) is `target`: it falls as the rate grows.
double rate_where_at_most_is(double target, std::size_t hits, std::size_t trials) {
  double low = 0, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (at_most(hits, trials, middle) > target ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

Interval binomial_interval(std::size_t hits, std::size_t trials, double confidence) {
  const double tail = (1 - confidence) / 2;
  Interval interval;
  if (trials == 0) return interval;
  if (hits > 0) interval.low = rate_where_at_most_is(1 - tail, hits - 1, trials);
  if (hits < trials) interval.high = rate_where_at_most_is(tail, hits, trials);
  return interval;
}

Calibration calibrate(std::span<const Entry> entries, const StepRules& rules) {
  const std::vector<Series> all = series_of(entries, {}, rules);
  std::map<std::pair<std::string, ClockKind>, std::vector<const Series*>> by_group;
  for (const Series& series : all) {
    by_group[{series.key.scenario, series.key.clock}].push_back(&series);
  }
  Calibration calibration;
  for (const auto& [key, members] : by_group) {
    CalibrationGroup& group = calibration.groups.emplace_back();
    group.scenario = key.first;
    group.clock = key.second;
    count_pairs(members, group);
    for (const double threshold : kThresholds) {
      Alarms alarms;
      for (const Series* series : members) replay(*series, threshold, rules, alarms);
      group.thresholds.push_back(result_of(alarms, threshold, group.pairs));
    }
  }
  return calibration;
}

}  // namespace harness::history
