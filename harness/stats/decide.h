// From two samples of one number to a verdict, with a false-alarm rate that is stated and kept,
// also when sampling goes on until the answer is clear.
//
// Looking at the data again and again and stopping at the first "significant" result inflates the
// error: five looks at 1 % are 2.8 %. Here the looks are planned (planned_looks: four at most), and
// each may spend its share of alpha: by Bonferroni's inequality the whole is at most alpha, however
// the looks depend on each other and whenever sampling stops. The early looks get little, so that
// the last keeps most of its power (the idea of O'Brien & Fleming 1979; spending as such: Lan &
// DeMets 1983). The same division is made over the numbers that are compared together
// (DecisionRules::family), so alpha is the rate of a whole comparison. Group-sequential designs
// that use the correlation of the looks spend less; they assume normal increments, and this does
// not.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "stats/stats.h"

namespace harness::stats {

enum class Better { lower, higher, neither };  // neither: every change is for the worse

struct DecisionRules {
  double alpha = 0.01;          // rate of false alarms of the whole comparison, all looks together
  double share = 1;             // of alpha, for this look; those of all looks add up to 1 at most
  std::size_t family = 1;       // how many numbers are compared together
  double min_effect = 0.01;     // a change by less than this is never an alarm
  double narrow = 0.01;         // unchanged: the interval of the ratio lies within 1 +- this
  double tolerated = 0;         // if above 0, in place of both: what somebody said may be lost
  std::size_t min_samples = 5;  // of each side; fewer are inconclusive
  bool paired = false;          // base[i] and candidate[i] were taken side by side
  Better better = Better::lower;
  // Against runs (runs.h): these have shown every level of the host, and one run decides.
  bool one_run_decides = false;
};

enum class Conclusion { regression, improvement, unchanged, inconclusive };
/// "regression", "improvement", ...
const char* conclusion_name(Conclusion outcome);

struct Decision {
  Conclusion outcome = Conclusion::inconclusive;
  std::string reason;  // one sentence, never empty
  double base_median = 0, candidate_median = 0;
  Ratio ratio;           // with its interval at 1 - level
  MannWhitney test;      // not corrected
  double p = 1;          // what was held against the level: see decide()
  double level = 0;      // alpha x share / family, halved when paired
  double delta = 0;      // Cliff's delta
  bool settled = false;  // more samples cannot change it: regression, improvement or unchanged
  bool too_few =
      false;  // no samples, however far apart, could have been distinguished: see the reason
};

/// One look. Alarm (regression or improvement): p <= level, the interval of the ratio lies on one
/// side of 1, and the ratio is off by min_effect or more. Unchanged: the interval lies within
/// 1 +- narrow. Else inconclusive. With `tolerated` the whole interval counts: an alarm lies beyond
/// 1 +- tolerated, unchanged does not reach beyond it for the worse, and one that crosses its bound
/// is inconclusive. p and interval are those of Mann-Whitney. With `paired`, those
/// of the pairs (signed-rank) are made too, each at half of the level, and the sharper ones count:
/// the pairs see through drift, all samples together bear more outliers. Samples that are not
/// finite and above 0, too few, or unequal counts when paired: inconclusive, with that reason.
/// Where all samples of both sides are equal: unchanged.
Decision decide(std::span<const double> base, std::span<const double> candidate,
                const DecisionRules& rules = {});

/// The fewest samples of each side with which decide() can distinguish anything under these rules.
std::size_t fewest_samples(const DecisionRules& rules);

struct Look {
  std::size_t samples = 0;  // of each side
  double share = 1;         // for DecisionRules::share
};
/// When to look, so that sampling may stop early: four times at most, the last time at `most`.
std::vector<Look> planned_looks(std::size_t most);

}  // namespace harness::stats
