#include "stats/runs.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "stats/levels.h"
#include "stats/stretches.h"
#include "stats/trend.h"
#include "stats/unseen_levels.h"

namespace harness::stats {
namespace {

// Of the rate of false alarms. Where one run decides, levels that were not shown are assumed away,
// and their share is that of the interval as well.
constexpr double kShareOfSteps = 0.1, kShareOfSwitches = 0.05, kShareOfTrends = 0.15,
                 kShareOfInterval = 0.15, kShareOfUnseen = 0.55;

std::string log_percent(double log_ratio) {
  return fmt::format("{:+.2f} %", std::expm1(log_ratio) * 100);
}

Conclusion direction_of(double change, Better better) {
  const bool worse = better == Better::neither || (change > 0) == (better == Better::lower);
  return worse ? Conclusion::regression : Conclusion::improvement;
}

/// Modes of one number are in a random order: one that is as likely or less is no proof of modes.
constexpr double kMostUnmixed = 0.2;
/// The same of halves of one mode, which every number has.
constexpr double kMostUnmixedHalves = 0.01;

/// One candidate and what it is held against.
class Judge {
 public:
  Judge(std::span<const double> logs, std::span<const double> begun, const DecisionRules& rules,
        double alpha)
      : runs_(logs.first(logs.size() - 1)),
        x_(logs.back()),
        occasions_(begun),
        better_(rules.better),
        one_run_decides_(rules.one_run_decides),
        alpha_(alpha),
        matters_(std::log1p(std::max(rules.min_effect, rules.tolerated))),
        past_(past_of(logs, alpha * kShareOfSteps, alpha * kShareOfSwitches)),
        best_(best_of(past_.levels, better_)),
        trend_(trend_behind(logs)) {}

  [[nodiscard]] const Level& best() const { return best_; }

  void conclude(Decision& decision) const {
    const Mode& nearest = *std::ranges::min_element(
        best_.modes, {}, [&](const Mode& mode) { return distance_to(mode, x_); });
    decision.p = chance_beyond(nearest, scatter_of(past_.levels), x_);
    if (creeps() && conclude_trend(decision)) return;
    if (distance_to(nearest, x_) > matters_) return conclude_outside(decision);
    const double width = nearest.high - nearest.low;
    const bool few = best_.size() < kFewestToSplit;
    if (width > std::max(std::log1p(few ? kWidestOfFew : kWidestMode), few ? 2 * matters_ : 0)) {
      decision.reason =
          fmt::format("{}: {} differ by {:.0f} % among themselves, which would hide a change",
                      change(decision), runs_text(), std::expm1(width) * 100);
      return;
    }
    if (past_.newest && is_worse_than(*past_.newest)) {
      decision.reason = fmt::format("{}: as {} were, and not as the newest {}", change(decision),
                                    runs_text(), past_.newest->size());
      return;
    }
    if (is_unmixed(decision, nearest)) return;
    decision.outcome = Conclusion::unchanged;
    decision.reason = fmt::format("{}: as {} were", change(decision), runs_text());
    const Level& first = past_.levels.front();
    const bool is_better = better_by(best_, first, better_) > 0;
    if (!is_better || std::abs(best_.middle - first.middle) <= matters_) return;
    if (is_unseen_level({.before = occasions_.count(0, best_.begin, best_.end),
                         .newest = occasions_.count(best_.begin, best_.end)})) {
      return;
    }
    decision.outcome = Conclusion::improvement;
    decision.reason += fmt::format(", better than all before run {}", best_.begin + 1);
  }

 private:
  /// Whether the level has shown better than `mode`, the candidate's, and the two may be levels
  /// that followed each other, and not modes: they are not mixed in time as those would be.
  [[nodiscard]] bool is_unmixed(Decision& decision, const Mode& mode) const {
    return is_unmixed(decision, mode.low - matters_, mode.high + matters_, kMostUnmixed) ||
           is_unmixed_within(decision);
  }
  /// The same of the halves of a mode that has no gap.
  [[nodiscard]] bool is_unmixed_within(Decision& decision) const {
    std::vector<double> all(runs_.begin() + static_cast<std::ptrdiff_t>(best_.begin),
                            runs_.begin() + static_cast<std::ptrdiff_t>(best_.end));
    all.push_back(x_);
    const Halves halves = halves_of(all);
    if (halves.apart <= matters_) return false;
    constexpr double kEnd = std::numeric_limits<double>::infinity();
    const bool upper = x_ >= halves.at;
    const double below_at = std::nextafter(halves.at, -kEnd);
    return is_unmixed(decision, upper ? halves.at : -kEnd, upper ? kEnd : below_at,
                      kMostUnmixedHalves);
  }
  /// Where what is better than all from `low` to `high` is so little mixed with the rest.
  [[nodiscard]] bool is_unmixed(Decision& decision, double low, double high, double most) const {
    std::vector<bool> is_better;
    for (const double run : runs_.subspan(best_.begin, best_.size())) {
      is_better.push_back((better_ != Better::higher && run < low) ||
                          (better_ != Better::lower && run > high));
    }
    is_better.push_back(false);  // the candidate
    const auto better = static_cast<std::size_t>(std::ranges::count(is_better, true));
    const double chance = chance_of_so_few_stretches(is_better);
    if (better < kFewestOfLevel || chance > most) return false;
    decision.reason = fmt::format(
        "{}: as some of {} were, but {} that {} are not mixed with these in time (p = {:.2g}): is "
        "it back on an earlier level?",
        change(decision), runs_text(), better,
        better_ == Better::neither ? "differ" : "were better", chance);
    return true;
  }
  [[nodiscard]] static std::string change(const Decision& decision) {
    return log_percent(std::log(decision.ratio.value));
  }

  /// "12 runs", "3 of 12 runs".
  [[nodiscard]] std::string runs_text() const {
    const std::size_t count = best_.end - best_.begin;
    return count == runs_.size() ? fmt::format("{} runs", count)
                                 : fmt::format("{} of {} runs", count, runs_.size());
  }

  /// Of the level, where it is the newest: with the candidate, or else of the runs alone, off which
  /// the candidate may be.
  [[nodiscard]] Trend trend_behind(std::span<const double> logs) const {
    if (best_.end != runs_.size() || past_.newest) return {};
    const Trend with = trend_of(logs.subspan(best_.begin));
    const Trend without = trend_of(runs_.subspan(best_.begin));
    return with.p <= level_of_trends() || without.p > level_of_trends() ? with : without;
  }
  [[nodiscard]] double level_of_trends() const { return alpha_ * kShareOfTrends / 2; }
  [[nodiscard]] double crept() const {
    return trend_.slope * static_cast<double>(runs_.size() - best_.begin);
  }
  [[nodiscard]] bool creeps() const {
    return trend_.p <= level_of_trends() && std::abs(crept()) > matters_;
  }

  /// The newest runs that are beyond all modes of the level on the side of the candidate, which is
  /// one of them, and those of the level before them, of which some may have been there, too.
  [[nodiscard]] Witnesses witnesses() const {
    const auto is_beyond = [&](double x) {
      return x_ > best_.high() ? x - best_.high() > matters_ : best_.low() - x > matters_;
    };
    std::size_t first = runs_.size();
    while (first > 0 && is_beyond(runs_[first - 1])) --first;
    const std::size_t all = runs_.size() + 1;
    const std::size_t end = std::min(best_.end, first);
    const auto level = runs_.subspan(best_.begin, end - best_.begin);
    const auto shown = static_cast<std::size_t>(std::ranges::count_if(level, is_beyond));
    return {.before = occasions_.count(best_.begin, end, all),
            .shown = shown,
            .newest = occasions_.count(first, all)};
  }
  [[nodiscard]] double level_of_interval() const {
    return alpha_ * (one_run_decides_ ? kShareOfInterval + kShareOfUnseen : kShareOfInterval);
  }
  [[nodiscard]] double level_of_unseen() const { return alpha_ * kShareOfUnseen; }
  /// Whether a level of the host that was not shown explains it as well as a change does.
  [[nodiscard]] bool is_unseen_level(const Witnesses& seen) const {
    return !one_run_decides_ && chance_of_unseen_level(seen) > level_of_unseen();
  }
  [[nodiscard]] bool is_worse_than(const Level& other) const {
    const double above = x_ - other.high(), below = other.low() - x_;
    if (better_ == Better::lower) return above > matters_;
    return better_ == Better::higher ? below > matters_ : std::max(above, below) > matters_;
  }

  /// Whether the candidate goes on with the trend, or is off one towards better.
  [[nodiscard]] bool conclude_trend(Decision& decision) const {
    const Conclusion direction = direction_of(crept(), better_);
    const std::string creeps =
        fmt::format("creeps: {} over the last {} runs, p = {:.2g}", log_percent(crept()),
                    runs_.size() - best_.begin, trend_.p);
    if (direction == Conclusion::improvement && is_off_trend(decision, creeps)) return true;
    const double far = crept() > 0 ? x_ - runs_[best_.begin] : runs_[best_.begin] - x_;
    if (far <= matters_) return false;  // back where it began
    decision.p = trend_.p;
    decision.level = level_of_trends();
    decision.reason = fmt::format("{} is within the level {:.2g}", creeps, decision.level);
    const std::size_t apart = occasions_.count(best_.begin, runs_.size() + 1);
    if (apart >= kFewestForTrend) {
      decision.outcome = direction;
    } else {
      decision.reason += fmt::format(
          "; and the host may have crept: of {} only {} began six hours apart, and {} would decide",
          count_of(runs_.size() + 1 - best_.begin, "run"), apart, kFewestForTrend);
    }
    return true;
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
    decision.p = chance_beyond(nearest, scatter_of({flat}), x);
    decision.level = level_of_interval();
    const bool apart = decision.p <= decision.level;
    decision.reason = fmt::format(
        "{}, and this one is {} off it, p = {:.2g} is {} the level {:.2g}", creeps,
        log_percent(x - nearest.mean), decision.p, apart ? "within" : "not within", decision.level);
    const std::size_t all = runs_.size() + 1;
    conclude_apart(decision, apart, distance_to(nearest, x), Conclusion::regression,
                   {.before = occasions_.count(best_.begin, all - 1, all), .newest = 1});
    return true;
  }

  void conclude_outside(Decision& decision) const {
    decision.level = level_of_interval();
    if (x_ > best_.low() && x_ < best_.high()) {
      decision.reason = fmt::format("{}: between the {} values that {} had", change(decision),
                                    best_.modes.size(), runs_text());
      return;
    }
    const auto is_like = [&](const Mode& stray) { return distance_to(stray, x_) <= matters_; };
    for (const std::vector<Mode>* strays : {&best_.strays, &past_.strays}) {
      const auto like = std::ranges::find_if(*strays, is_like);
      if (like == strays->end()) continue;
      decision.reason = fmt::format("{}: as {} of {} runs were, apart from the rest",
                                    change(decision), like->count, runs_.size());
      return;
    }
    const bool apart = decision.p <= decision.level;
    decision.reason = fmt::format("{}: outside of what {} were, p = {:.2g} is {} the level {:.2g}",
                                  change(decision), runs_text(), decision.p,
                                  apart ? "within" : "not within", decision.level);
    const Conclusion direction = direction_of(x_ - best_.low(), better_);
    const double far = x_ > best_.high() ? x_ - best_.high() : best_.low() - x_;
    conclude_apart(decision, apart, far, direction, witnesses());
    if (best_.end < runs_.size() && decision.outcome == Conclusion::regression) {
      decision.reason += fmt::format("; so since run {} of {}", best_.end + 1, runs_.size());
    }
  }

  /// What is `apart` of the level by statistics, and `far` from it, is an alarm, unless it is as
  /// well a level of the host that nobody has seen.
  void conclude_apart(Decision& decision, bool apart, double far, Conclusion direction,
                      const Witnesses& seen) const {
    if (!apart) return;
    if (far <= std::log(kBeyondAnyHost) && is_unseen_level(seen)) {
      decision.p = chance_of_unseen_level(seen);
      decision.level = level_of_unseen();
      decision.reason += "; " + unseen_level_text(seen, decision.level);
      return;
    }
    decision.outcome = direction;
  }

  std::span<const double> runs_;  // logarithms
  double x_;
  Occasions occasions_;
  Better better_;
  bool one_run_decides_;
  double alpha_, matters_;
  Past past_;
  const Level& best_;
  Trend trend_;
};

}  // namespace

RunsDecision decide_against_runs(std::span<const double> runs, double candidate,
                                 const DecisionRules& rules, std::span<const double> begun) {
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
  const bool timed = begun.size() == logs.size();
  const Judge judge(logs, timed ? begun : std::span<const double>(), rules, decision.level);
  const Level& best = judge.best();
  if (best.end < runs.size()) result.step = best.end;
  decision.base_median = median_within(runs, logs, best);
  decision.ratio.value = candidate / decision.base_median;
  judge.conclude(decision);
  decision.settled = decision.outcome != Conclusion::inconclusive;
  return result;
}

}  // namespace harness::stats
