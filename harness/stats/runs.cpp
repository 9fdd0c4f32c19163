#include "stats/runs.h"

#include <fmt/core.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "stats/change_points.h"
#include "stats/modes.h"
#include "stats/trend.h"

namespace harness::stats {
namespace {

// Of the rate of false alarms.
constexpr double kShareOfSteps = 0.2, kShareOfTrends = 0.1, kShareOfInterval = 0.7;

/// Runs between two steps.
struct Level {
  std::size_t begin = 0, end = 0;
  double middle = 0;  // the median
  std::vector<Mode> modes, strays;
  [[nodiscard]] double low() const { return modes.front().low; }
  [[nodiscard]] double high() const { return modes.back().high; }
};

/// Steps that are significant at `alpha`: with permutations enough to show it, or none.
std::vector<ChangePoint> steps_of(std::span<const double> logs, double alpha) {
  constexpr double kMostPermutations = 20'000;
  const double needed = std::ceil(2 / alpha);
  if (needed > kMostPermutations) return {};
  ChangePointRules rules;
  rules.alpha = alpha;
  rules.permutations = std::max(rules.permutations, static_cast<std::size_t>(needed));
  return noisy_change_points(logs, rules);
}

Level level_of(std::span<const double> logs, std::size_t begin) {
  Modes found = modes_of(logs);
  return {begin, begin + logs.size(), median(logs), std::move(found.modes),
          std::move(found.strays)};
}

/// Of the runs alone: the candidate has only helped to find the steps.
std::vector<Level> levels_of(std::span<const double> runs, const std::vector<ChangePoint>& steps) {
  std::vector<Level> levels;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    const auto here = runs.subspan(begin, end - begin);
    if (!here.empty()) levels.push_back(level_of(here, begin));
    begin = end;
  };
  for (const ChangePoint& step : steps) add(std::min(step.at, runs.size()));
  add(runs.size());
  return levels;
}

/// Standard deviation within the modes of all levels, and its degrees of freedom.
struct Scatter {
  double deviation = kLeastDeviation, freedom = 1;
};
Scatter scatter_of(const std::vector<Level>& levels) {
  double squares = 0, freedom = 0;
  for (const Level& level : levels) {
    for (const Mode& mode : level.modes) {
      squares += mode.squares;
      freedom += static_cast<double>(mode.count - 1);
    }
  }
  if (freedom == 0) return {};
  return {std::max(kLeastDeviation, std::sqrt(squares / freedom)), freedom};
}

/// By how much `a` is better than `b`, all of one against all of the other; not above 0 where it is
/// not, or where no direction is better.
double better_by(const Level& a, const Level& b, Better better) {
  if (better == Better::neither) return 0;
  return better == Better::lower ? b.low() - a.high() : a.low() - b.high();
}

/// The best level; of those that are as good, the newest.
const Level& best_of(const std::vector<Level>& levels, Better better) {
  const Level* best = &levels.back();
  for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
    if (better_by(*level, *best, better) > 0) best = &*level;
  }
  return *best;
}

double distance(const Mode& mode, double x) { return std::max({mode.low - x, x - mode.high, 0.0}); }

/// P of a value as far from the mode or farther, of the same kind as its own.
double chance(const Mode& mode, const Scatter& scatter, double x) {
  const double predicted = scatter.deviation * std::sqrt(1 + 1 / static_cast<double>(mode.count));
  const boost::math::students_t distribution(scatter.freedom);
  const double t = std::abs(x - mode.mean) / predicted;
  return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

std::string log_percent(double log_ratio) {
  return fmt::format("{:+.2f} %", std::expm1(log_ratio) * 100);
}

Conclusion direction_of(double change, Better better) {
  const bool worse = better == Better::neither || (change > 0) == (better == Better::lower);
  return worse ? Conclusion::regression : Conclusion::improvement;
}

/// One candidate and what it is held against.
class Judge {
 public:
  Judge(std::span<const double> logs, const DecisionRules& rules, double alpha)
      : runs_(logs.first(logs.size() - 1)),
        x_(logs.back()),
        better_(rules.better),
        alpha_(alpha),
        matters_(std::log1p(std::max(rules.min_effect, rules.tolerated))),
        levels_(levels_of(runs_, steps_of(logs, alpha * kShareOfSteps))),
        best_(best_of(levels_, better_)),
        trend_(best_.end == runs_.size() ? trend_of(logs.subspan(best_.begin)) : Trend{}) {}

  [[nodiscard]] const Level& best() const { return best_; }

  void conclude(Decision& decision) const {
    const Mode& nearest = *std::ranges::min_element(
        best_.modes, {}, [&](const Mode& mode) { return distance(mode, x_); });
    decision.p = chance(nearest, scatter_of(levels_), x_);
    if (creeps()) return conclude_trend(decision);
    if (distance(nearest, x_) > matters_) return conclude_outside(decision);
    const double width = nearest.high - nearest.low;
    if (width > std::log1p(kWidestMode)) {
      decision.reason =
          fmt::format("{}: {} differ by {:.0f} % among themselves, which would hide a change",
                      change(decision), runs_text(), std::expm1(width) * 100);
      return;
    }
    decision.outcome = Conclusion::unchanged;
    decision.reason = fmt::format("{}: as {} were", change(decision), runs_text());
    const Level& first = levels_.front();
    const bool is_better = better_by(best_, first, better_) > 0;
    if (!is_better || std::abs(best_.middle - first.middle) <= matters_) return;
    decision.outcome = Conclusion::improvement;
    decision.reason += fmt::format(", better than all before run {}", best_.begin + 1);
  }

 private:
  [[nodiscard]] static std::string change(const Decision& decision) {
    return log_percent(std::log(decision.ratio.value));
  }

  /// "12 runs", "3 of 12 runs".
  [[nodiscard]] std::string runs_text() const {
    const std::size_t count = best_.end - best_.begin;
    return count == runs_.size() ? fmt::format("{} runs", count)
                                 : fmt::format("{} of {} runs", count, runs_.size());
  }

  [[nodiscard]] double crept() const {
    return trend_.slope * static_cast<double>(runs_.size() - best_.begin);
  }
  [[nodiscard]] bool creeps() const {
    return trend_.p <= alpha_ * kShareOfTrends && std::abs(crept()) > matters_;
  }

  void conclude_trend(Decision& decision) const {
    decision.outcome = direction_of(crept(), better_);
    const std::string creeps =
        fmt::format("creeps: {} over the last {} runs, p = {:.2g}", log_percent(crept()),
                    runs_.size() - best_.begin, trend_.p);
    if (decision.outcome == Conclusion::improvement && is_off_trend(decision, creeps)) return;
    decision.p = trend_.p;
    decision.level = alpha_ * kShareOfTrends;
    decision.reason = fmt::format("{} is within the level {:.2g}", creeps, decision.level);
  }

  /// What creeps towards better hides a candidate that is worse than where it has come to: that is
  /// held against the runs without their trend. Concludes where it is worse.
  [[nodiscard]] bool is_off_trend(Decision& decision, const std::string& creeps) const {
    const auto trend = [&](std::size_t i) { return trend_.slope * static_cast<double>(i); };
    std::vector<double> level(runs_.begin() + static_cast<std::ptrdiff_t>(best_.begin),
                              runs_.end());
    for (std::size_t i = 0; i < level.size(); ++i) level[i] -= trend(i);
    const Level flat = level_of(level, 0);
    const double x = x_ - trend(level.size());
    const bool lower = better_ == Better::lower;
    if ((lower ? x - flat.high() : flat.low() - x) <= matters_) return false;
    const Mode& nearest = lower ? flat.modes.back() : flat.modes.front();
    decision.p = chance(nearest, scatter_of({flat}), x);
    decision.level = alpha_ * kShareOfInterval;
    const bool alarm = decision.p <= decision.level;
    decision.outcome = alarm ? Conclusion::regression : Conclusion::inconclusive;
    decision.reason = fmt::format(
        "{}, and this one is {} off it, p = {:.2g} is {} the level {:.2g}", creeps,
        log_percent(x - nearest.mean), decision.p, alarm ? "within" : "not within", decision.level);
    return true;
  }

  void conclude_outside(Decision& decision) const {
    decision.level = alpha_ * kShareOfInterval;
    if (x_ > best_.low() && x_ < best_.high()) {
      decision.reason = fmt::format("{}: between the {} values that {} had", change(decision),
                                    best_.modes.size(), runs_text());
      return;
    }
    const auto is_like = [&](const Mode& stray) { return distance(stray, x_) <= matters_; };
    if (const auto like = std::ranges::find_if(best_.strays, is_like); like != best_.strays.end()) {
      decision.reason = fmt::format("{}: as {} of {} were, apart from the rest", change(decision),
                                    like->count, runs_text());
      return;
    }
    const bool alarm = decision.p <= decision.level;
    if (alarm) decision.outcome = direction_of(x_ - best_.low(), better_);
    decision.reason = fmt::format("{}: outside of what {} were, p = {:.2g} is {} the level {:.2g}",
                                  change(decision), runs_text(), decision.p,
                                  alarm ? "within" : "not within", decision.level);
    if (best_.end < runs_.size() && decision.outcome == Conclusion::regression) {
      decision.reason += fmt::format("; so since run {} of {}", best_.end + 1, runs_.size());
    }
  }

  std::span<const double> runs_;  // logarithms
  double x_;
  Better better_;
  double alpha_, matters_;
  std::vector<Level> levels_;
  const Level& best_;
  Trend trend_;
};

}  // namespace

RunsDecision decide_against_runs(std::span<const double> runs, double candidate,
                                 const DecisionRules& rules) {
  RunsDecision result;
  Decision& decision = result.decision;
  decision.candidate_median = candidate;
  if (!runs.empty()) decision.base_median = median(runs);
  decision.level =
      rules.alpha * rules.share / static_cast<double>(std::max<std::size_t>(1, rules.family));
  if (runs.size() < kFewestRuns) {
    decision.reason =
        fmt::format("{} before it: {} are needed at least to know how they differ",
                    runs.size() == 1 ? "1 run" : fmt::format("{} runs", runs.size()), kFewestRuns);
    decision.too_few = true;
    return result;
  }
  const auto positive = [](double x) { return std::isfinite(x) && x > 0; };
  if (!std::ranges::all_of(runs, positive) || !positive(candidate)) {
    decision.reason = "a value is not a number above 0: there is no ratio";
    return result;
  }
  std::vector<double> logs;
  logs.reserve(runs.size() + 1);
  for (const double value : runs) logs.push_back(std::log(value));
  logs.push_back(std::log(candidate));
  const Judge judge(logs, rules, decision.level);
  const Level& best = judge.best();
  if (best.end < runs.size()) result.step = best.end;
  decision.base_median = median(runs.subspan(best.begin, best.end - best.begin));
  decision.ratio.value = candidate / decision.base_median;
  judge.conclude(decision);
  decision.settled = decision.outcome != Conclusion::inconclusive;
  return result;
}

}  // namespace harness::stats
