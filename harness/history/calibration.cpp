#include "history/calibration.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "compare/compare.h"
#include "history/measured.h"
#include "stats/binomial.h"
#include "stats/stats.h"

namespace harness::history {
namespace {

/// A run that a gate could have judged.
struct Run {
  const Entry* entry;
  Measurements numbers;
};
/// Runs of one environment, in the order of time.
using Runs = std::vector<Run>;

const harness::Series* find(const Run& run, const std::string& name) {
  const auto at = std::ranges::find(run.numbers.series, name, &harness::Series::name);
  return at == run.numbers.series.end() || at->samples.empty() ? nullptr : &*at;
}

bool is_worse(Direction better, double from, double to, double threshold) {
  const double change = better == Direction::higher ? from - to : to - from;
  return (better == Direction::neither ? std::abs(change) : change) > from * threshold;
}

/// One number over the runs that have it.
struct Track {
  std::vector<double> values;     // medians
  std::vector<std::size_t> runs;  // whose they are
};
Track track_of(const Runs& runs, const std::string& name) {
  Track track;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const harness::Series* series = find(runs[i], name);
    if (!series) continue;
    track.values.push_back(stats::median(series->samples));
    track.runs.push_back(i);
  }
  return track;
}

/// Alarms of one environment: steps are sought once for a number, and only where one was raised.
class Aftermath {
 public:
  Aftermath(const Runs& runs, const stats::ChangePointRules& rules)
      : runs_(&runs), rules_(&rules) {}

  /// What became of an alarm of the number `name`, between run `at` and the one before it.
  AlarmOutcome outcome_of(const std::string& name, std::size_t at, double threshold) {
    const Run &before = (*runs_)[at - 1], &now = (*runs_)[at];
    const std::string &old_image = before.entry->fingerprint.image_sha256,
                      &new_image = now.entry->fingerprint.image_sha256;
    const bool known = !old_image.empty() && !new_image.empty();
    if (known && old_image == new_image) return AlarmOutcome::false_alarm;

    const harness::Series &base = *find(before, name), &candidate = *find(now, name);
    const Track track = track_of(*runs_, name);
    const auto here =
        static_cast<std::size_t>(std::ranges::find(track.runs, at) - track.runs.begin());
    const std::size_t later = track.values.size() - here - 1;
    const bool back = later > 0 && !is_worse(base.better, track.values[here - 1],
                                             track.values[here + 1], threshold);
    if (!base.noisy && !candidate.noisy)
      return !known && back ? AlarmOutcome::false_alarm : AlarmOutcome::real;
    if (stepped_near(name, base.better, track, here)) return AlarmOutcome::real;
    return back || later + 1 >= rules_->shortest ? AlarmOutcome::false_alarm
                                                 : AlarmOutcome::undecided;
  }

 private:
  /// A step for the worse at `here`, or beside it: noise moves the place of a step by a run.
  bool stepped_near(const std::string& name, Direction better, const Track& track,
                    std::size_t here) {
    const auto [at, is_new] = steps_.try_emplace(name);
    if (is_new) at->second = stats::noisy_change_points(track.values, *rules_);
    return std::ranges::any_of(at->second, [&](const stats::ChangePoint& step) {
      return is_worse(better, step.before, step.after, 0) && step.at + 1 >= here &&
             step.at <= here + 1;
    });
  }

  const Runs* runs_;
  const stats::ChangePointRules* rules_;
  std::map<std::string, std::vector<stats::ChangePoint>> steps_;
};

/// All that one threshold says of the pairs of a group.
struct Tally {
  std::size_t pairs = 0, unlike = 0;
  ThresholdResult result;
  std::map<std::string, std::size_t> false_by_metric;
};

bool is_unlike(const ComparedNumber& row) {
  return row.change == Change::missing || row.change == Change::added ||
         row.change == Change::renamed || row.change == Change::not_comparable ||
         row.change == Change::invalid;
}

void count_pair(const Comparison& comparison, std::size_t at, Aftermath& aftermath, Tally& tally) {
  if (!comparison.faults.empty()) return;  // such as no number in common
  ++tally.pairs;
  if (std::ranges::any_of(comparison.rows, is_unlike)) ++tally.unlike;
  std::set<AlarmOutcome> outcomes;
  for (const ComparedNumber& row : comparison.rows) {
    if (row.change != Change::regression) continue;
    const AlarmOutcome outcome = aftermath.outcome_of(row.name, at, tally.result.threshold);
    outcomes.insert(outcome);
    if (outcome == AlarmOutcome::false_alarm) ++tally.false_by_metric[row.name];
  }
  ThresholdResult& result = tally.result;
  if (outcomes.empty()) {
    if (comparison.status == ExitStatus::inconclusive) ++result.inconclusive;
    return;
  }
  ++result.flagged;
  if (outcomes.contains(AlarmOutcome::real)) {
    ++result.real;
  } else if (outcomes.contains(AlarmOutcome::false_alarm)) {
    ++result.false_alarms;
  } else {
    ++result.undecided;
  }
}

void replay(const Runs& runs, Aftermath& aftermath, Tally& tally) {
  Rules rules;
  rules.tolerance = Tolerance{100 * tally.result.threshold, true, {}};
  // Counted beside the alarms, and no reason to leave the other numbers of a pair unsettled.
  rules.allow_missing = rules.allow_new = true;
  for (std::size_t at = 1; at < runs.size(); ++at) {
    count_pair(compare(runs[at - 1].numbers, runs[at].numbers, rules), at, aftermath, tally);
  }
}

ThresholdResult result_of(Tally tally) {
  ThresholdResult& result = tally.result;
  if (tally.pairs > 0) {
    result.rate = static_cast<double>(result.false_alarms) / static_cast<double>(tally.pairs);
  }
  const stats::Interval interval = stats::binomial_interval(result.false_alarms, tally.pairs);
  result.low = interval.low;
  result.high = interval.high;
  for (const auto& [metric, count] : tally.false_by_metric) {
    if (count <= result.noisiest_alarms) continue;
    result.noisiest = metric;
    result.noisiest_alarms = count;
  }
  return result;
}

/// The runs of one scenario under one clock.
struct Past {
  std::vector<Runs> environments;
  std::set<std::string> exact, noisy, left_out;  // names of numbers
  std::size_t runs = 0, not_passed = 0;
};

void add(Past& past, const Entry& entry) {
  if (!is_measurement(entry.verdict)) {
    ++past.not_passed;
    return;
  }
  ++past.runs;
  Run run{&entry, measurements_of(entry, entry.started_at)};
  for (const harness::Series& series : run.numbers.series) {
    (series.noisy ? past.noisy : past.exact).insert(series.name);
  }
  for (const EntryMetric& metric : entry.metrics) {
    if (may_wait_for_disk(entry, metric)) past.left_out.insert(metric.name);
  }
  auto at = std::ranges::find_if(past.environments, [&](const Runs& runs) {
    return same_environment(runs.front().entry->fingerprint, entry.fingerprint);
  });
  if (at == past.environments.end()) at = past.environments.emplace(at);
  at->push_back(std::move(run));
}

CalibrationGroup group_of(const Past& past, const stats::ChangePointRules& rules) {
  CalibrationGroup group;
  group.runs = past.runs;
  group.not_passed = past.not_passed;
  group.exact = past.exact.size();
  group.noisy = past.noisy.size();
  group.left_out.assign(past.left_out.begin(), past.left_out.end());
  std::vector<Aftermath> aftermaths;
  aftermaths.reserve(past.environments.size());
  for (const Runs& runs : past.environments) aftermaths.emplace_back(runs, rules);
  for (const double threshold : kThresholds) {
    Tally tally;
    tally.result.threshold = threshold;
    for (std::size_t i = 0; i < past.environments.size(); ++i) {
      replay(past.environments[i], aftermaths[i], tally);
    }
    group.pairs = tally.pairs;
    group.unlike = tally.unlike;
    group.thresholds.push_back(result_of(std::move(tally)));
  }
  group.enough = group.pairs >= kFewestPairs;
  return group;
}

}  // namespace

Calibration calibrate(std::span<const Entry> entries, const stats::ChangePointRules& rules) {
  std::map<std::pair<std::string, ClockKind>, Past> by_group;
  for (const Entry& entry : entries) {
    if (!entry.metrics.empty()) add(by_group[{entry.scenario, entry.fingerprint.clock}], entry);
  }
  Calibration calibration;
  for (const auto& [key, past] : by_group) {
    CalibrationGroup& group = calibration.groups.emplace_back(group_of(past, rules));
    group.scenario = key.first;
    group.clock = key.second;
  }
  return calibration;
}

}  // namespace harness::history
