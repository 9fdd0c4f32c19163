// One run held against those before it, where each run gives one value.
//
// What differs from run to run (where code lies, frequency, neighbours on the host) does not show
// in repetitions within a run. So the noise here is that between the runs themselves:
//
//   levels   steps among the runs, the candidate among them (change_points.h), cut the past into
//            levels; so do groups of values that are apart (modes.h) and follow each other in time,
//            or change places so seldom that they are not mixed (stretches.h).
//            The candidate is held against the best level: a regression that nobody undid stays
//            one, however many runs have had it since. One or two runs are no level: like the first
//            of all they are strays, as the newest of all they may be a step. A candidate that is
//            as the level was, and worse than these newest, is inconclusive.
//   modes    a level may have several (1, 2, 1, 2, ...): groups of values with a gap between that
//            is wide for what they scatter. A few strays are no mode, and a candidate like one of
//            them is neither an alarm nor unchanged; nor is one of a mode that is worse than
//            others, where these are not mixed with it in time for sure: they may be levels. So
//            with the halves of a mode without a gap.
//   trend    where the level as a whole creeps (trend.h), its end is not held against its middle:
//            the candidate is worse, or better, than what the runs began with, or off the trend.
//   interval the next value of a mode lies within mean +- t s sqrt(1 + 1/n) (Hahn & Meeker,
//            Statistical Intervals, 4.8), on logarithms, with s pooled over all modes and levels.
//   unseen   outside of the interval is a change, or a level of the host that the runs have not
//            shown. Which it is, their number and that of the newest runs off them tell
//            (unseen_levels.h); until then it is inconclusive, and says how many more would do. No
//            host has levels that are kBeyondAnyHost apart: what is so far off is a change at once.
//
// Of the rate of false alarms 55 % are spent on levels that are unseen, 15 % on trends, 15 % on
// the interval, 10 % on steps, and the rest on groups that change places seldom. It holds for
// normal noise around modes of any share; simulation_runs_test.cpp says what it is for other
// shapes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "stats/decide.h"

namespace harness::stats {

/// With fewer runs before it nothing is known of the noise.
inline constexpr std::size_t kFewestRuns = 3;
/// A mode whose largest value is more than this above its smallest is too wide for "unchanged": the
/// second for a level of fewer runs than show modes (kFewestToSplit), in which a step may hide.
inline constexpr double kWidestMode = 0.10, kWidestOfFew = 0.02;

/// Of one image on one host beside other work, numbers of single phases differed by a factor of
/// four from run to run (docs/MEASUREMENT.md).
inline constexpr double kBeyondAnyHost = 10;

struct RunsDecision {
  Decision decision;  // base_median: of the level; ratio: candidate / it, without an interval
  /// The first of the runs (counted from 0) that are on another level than the one the candidate
  /// is held against: the step; unset where all are on one.
  std::optional<std::size_t> step;
};

/// `runs`: one value each, the oldest first. `candidate`: the run after them. All are finite and
/// above 0, else inconclusive. Alarm: beyond all modes of the level by more than min_effect (or
/// `tolerated`, if larger), p <= its part of alpha x share / family, and no level of the host that
/// the runs have not shown explains it as well. Unchanged: within that of a mode which is no wider
/// than kWidestMode. An improvement is also a candidate on the best level, where the
/// runs before that were worse by so much. Everything else is inconclusive and says why.
/// min_samples, narrow and paired mean nothing here.
///
/// `begun`: when each run and, last, the candidate began, in seconds. Of another length, as where
/// nobody knows: each run is taken for a draw of its own.
RunsDecision decide_against_runs(std::span<const double> runs, double candidate,
                                 const DecisionRules& rules = {},
                                 std::span<const double> begun = {});

}  // namespace harness::stats
