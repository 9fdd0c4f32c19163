#include "stats/runs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace harness::stats {
namespace {

using Values = std::vector<double>;

RunsDecision decided(const Values& runs, double candidate, Better better = Better::lower,
                     double tolerated = 0) {
  DecisionRules rules;
  rules.better = better;
  rules.tolerated = tolerated;
  rules.one_run_decides = true;  // what more it takes: runs_unseen_test.cpp
  return decide_against_runs(runs, candidate, rules);
}
Conclusion outcome(const Values& runs, double candidate, Better better = Better::lower) {
  return decided(runs, candidate, better).decision.outcome;
}

const Values kQuiet = {100, 100.4, 99.8, 100.1, 99.6, 100.3, 99.9, 100.2, 100, 99.7};

Values level_with_first(double first) {
  Values runs = kQuiet;
  runs.insert(runs.begin(), first);
  return runs;
}

TEST(Runs, OneValueIsUnchangedAmongItsLike) {
  const Decision decision = decided(kQuiet, 100.2).decision;
  EXPECT_EQ(decision.outcome, Conclusion::unchanged);
  EXPECT_EQ(decision.reason, "+0.20 %: as 10 runs were");
  EXPECT_TRUE(decision.settled);
  EXPECT_DOUBLE_EQ(decision.base_median, 100);
}

TEST(Runs, OneValueFarOutsideIsAnAlarm) {
  const Decision decision = decided(kQuiet, 104).decision;
  EXPECT_EQ(decision.outcome, Conclusion::regression);
  EXPECT_TRUE(decision.reason.starts_with("+4.00 %: outside of what 10 runs were, p = "))
      << decision.reason;
  EXPECT_EQ(outcome(kQuiet, 96), Conclusion::improvement);
  EXPECT_EQ(outcome(kQuiet, 96, Better::higher), Conclusion::regression);
  EXPECT_EQ(outcome(kQuiet, 104, Better::higher), Conclusion::improvement);
  EXPECT_EQ(outcome(kQuiet, 96, Better::neither), Conclusion::regression);
}

TEST(Runs, LessThanWhatMattersIsNone) { EXPECT_EQ(outcome(kQuiet, 101.1), Conclusion::unchanged); }

TEST(Runs, AToleranceIsWhatMatters) {
  EXPECT_EQ(decided(kQuiet, 104, Better::lower, 0.05).decision.outcome, Conclusion::unchanged);
  EXPECT_EQ(decided(kQuiet, 108, Better::lower, 0.05).decision.outcome, Conclusion::regression);
}

TEST(Runs, OutsideAndNotSureIsInconclusive) {
  const Values scattered = {100, 107, 96, 103, 99};
  const Decision decision = decided(scattered, 112).decision;
  EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
  EXPECT_NE(decision.reason.find("is not within the level"), std::string::npos) << decision.reason;
}

// 60 among values from 50 to 75 shows nothing: a change by a fifth would look the same.
TEST(Runs, RunsThatScatterTooMuchHideAChange) {
  const Decision decision = decided({50, 75, 66, 58, 71, 54, 62, 69}, 60).decision;
  EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
  EXPECT_NE(decision.reason.find("differ by 50 % among themselves"), std::string::npos)
      << decision.reason;
}

TEST(Runs, ModesAreKept) {
  const Values two = {10, 20.1, 10.1, 20, 9.9, 20.2, 10, 19.9, 10.1};
  EXPECT_EQ(outcome(two, 20), Conclusion::unchanged);
  EXPECT_EQ(outcome(two, 10), Conclusion::unchanged);
  EXPECT_EQ(outcome(two, 22), Conclusion::regression);
  EXPECT_EQ(outcome(two, 9), Conclusion::improvement);
  const Decision between = decided(two, 15).decision;
  EXPECT_EQ(between.outcome, Conclusion::inconclusive);
  EXPECT_NE(between.reason.find("between the 2 values that 9 runs had"), std::string::npos);
}

TEST(Runs, AStrayOfThePastHidesNothing) {
  Values runs = kQuiet;
  runs[4] = 900;
  EXPECT_EQ(outcome(runs, 110), Conclusion::regression);
  EXPECT_EQ(outcome(runs, 100), Conclusion::unchanged);
  const Decision again = decided(runs, 900).decision;
  EXPECT_EQ(again.outcome, Conclusion::inconclusive);
  EXPECT_NE(again.reason.find("as 1 of 10 runs were, apart from the rest"), std::string::npos);
}

// Each run after a step for the worse is one, until it is undone: the first, the next, and when it
// has lasted for so long that the past shows it as a level.
TEST(Runs, ARegressionStaysOne) {
  Values runs = kQuiet;
  for (int since = 0; since < 15; ++since) {
    const RunsDecision found = decided(runs, 125);
    EXPECT_EQ(found.decision.outcome, Conclusion::regression) << since;
    if (since > 0) {
      EXPECT_EQ(found.step, 10U) << since;
      EXPECT_NE(found.decision.reason.find("so since run 11 of "), std::string::npos);
    }
    EXPECT_LT(found.decision.base_median, 101) << since;
    runs.push_back(125 + 0.1 * (since % 3));
  }
  EXPECT_EQ(outcome(runs, 100), Conclusion::unchanged);
}

TEST(Runs, AnImprovementIsTheNewMeasure) {
  Values runs = kQuiet;
  for (int i = 0; i < 8; ++i) runs.push_back(80 + 0.1 * (i % 3));
  EXPECT_EQ(outcome(runs, 80.1), Conclusion::improvement);
  EXPECT_EQ(outcome(runs, 100), Conclusion::regression);
}

// However short both are: what was better once, and not by chance, is the measure.
TEST(Runs, BackToWhereItWasBeforeAnImprovementIsARegression) {
  const auto level = [](double middle, int count) {
    Values runs;
    for (int i = 0; i < count; ++i) runs.push_back(middle * (1 + 0.001 * (i % 3)));
    return runs;
  };
  for (const auto& [before, since] :
       {std::pair{3, 3}, {5, 3}, {5, 5}, {8, 4}, {10, 10}, {15, 15}}) {
    for (const std::size_t family : {1U, 12U, 200U}) {
      Values runs = level(120, before);
      std::ranges::copy(level(100, since), std::back_inserter(runs));
      DecisionRules rules;
      rules.family = family;
      rules.one_run_decides = true;
      const Decision decision = decide_against_runs(runs, 120.1, rules).decision;
      EXPECT_NE(decision.outcome, Conclusion::unchanged) << before << since << family;
      if (family == 1) {
        EXPECT_EQ(decision.outcome, Conclusion::regression) << before << since;
      }
    }
  }
  Values one = level(120, 8);
  one.push_back(100);
  const Decision decision = decided(one, 120.1).decision;
  EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
  EXPECT_NE(decision.reason.find("and not as the newest 1"), std::string::npos) << decision.reason;
}

// Too small a step for a gap, and too many numbers for a permutation test.
TEST(Runs, ASmallRegressionAmongManyNumbersStaysOne) {
  Values runs;
  for (int i = 0; i < 15; ++i) runs.push_back(100 + (i * 7 % 15) * 0.25);
  for (int i = 0; i < 15; ++i) runs.push_back(105 + (i * 7 % 15) * 0.25);
  DecisionRules rules;
  rules.family = 30;
  const RunsDecision found = decide_against_runs(runs, 106.1, rules);
  EXPECT_NE(found.decision.outcome, Conclusion::unchanged) << found.decision.reason;
  EXPECT_EQ(found.step, 15U);
}

TEST(Runs, ASlowFirstRunHidesNoRegression) {
  Values runs = level_with_first(120);
  EXPECT_EQ(outcome(runs, 100), Conclusion::unchanged);
  EXPECT_EQ(outcome(runs, 112), Conclusion::regression);
  const Decision like_first = decided(runs, 120).decision;
  EXPECT_EQ(like_first.outcome, Conclusion::inconclusive);
  EXPECT_NE(like_first.reason.find("as 1 of 11 runs were, apart from the rest"), std::string::npos)
      << like_first.reason;
}

// In so few runs a step cannot be told from noise.
TEST(Runs, FewRunsThatDifferHideAChange) {
  EXPECT_EQ(outcome({100, 100, 110}, 111), Conclusion::inconclusive);
  EXPECT_EQ(outcome({100, 100.1, 99.9, 109.5}, 109.5), Conclusion::inconclusive);
  EXPECT_EQ(outcome({100, 100.4, 99.8}, 100.2), Conclusion::unchanged);
}

TEST(Runs, TwoSpikesAreNoMode) {
  EXPECT_EQ(outcome({100, 111, 100, 100, 100, 100.1, 111}, 111), Conclusion::inconclusive);
}

TEST(Runs, BackToWhereASlowImprovementBeganIsNoPass) {
  Values runs;
  for (int i = 0; i < 10; ++i) runs.push_back(100 - i);
  EXPECT_EQ(outcome(runs, 100), Conclusion::regression);
  EXPECT_EQ(outcome(runs, 90), Conclusion::improvement);
}

TEST(Runs, WhatCreepsIsFoundThoughNoRunIsFarFromTheLast) {
  Values runs;
  for (int i = 0; i < 14; ++i) runs.push_back(100 + i * 0.8 + (i % 2 == 0 ? 0.5 : -0.5));
  const Decision worse = decided(runs, 111).decision;
  EXPECT_EQ(worse.outcome, Conclusion::regression);
  EXPECT_EQ(outcome(runs, 111, Better::higher), Conclusion::improvement);
}

TEST(Runs, WhatCreepsTowardsBetterHidesNoJump) {
  Values runs;
  for (int i = 0; i < 14; ++i) runs.push_back(100 - i * 0.8 + (i % 2 == 0 ? 0.2 : -0.2));
  EXPECT_EQ(outcome(runs, 88.8), Conclusion::improvement) << decided(runs, 88.8).decision.reason;
  EXPECT_EQ(outcome(runs, 99), Conclusion::regression);
}

TEST(Runs, FewRunsAreNotEnough) {
  const Decision decision = decided({100, 100}, 500).decision;
  EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
  EXPECT_TRUE(decision.too_few);
  EXPECT_EQ(outcome({}, 5), Conclusion::inconclusive);
  EXPECT_EQ(outcome({100, 100.1, 99.9}, 200), Conclusion::regression);
}

TEST(Runs, WhatIsNoNumberAboveZeroHasNoRatio) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double odd : {0.0, -1.0, nan, std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(outcome(kQuiet, odd), Conclusion::inconclusive);
    EXPECT_EQ(outcome({1, odd, 1, 1}, 1), Conclusion::inconclusive);
  }
}

TEST(Runs, EqualRunsAreNoProofOfTheNext) {
  EXPECT_EQ(outcome({5, 5, 5, 5, 5}, 5), Conclusion::unchanged);
  EXPECT_EQ(outcome({5, 5, 5, 5, 5}, 5.04), Conclusion::unchanged);
  EXPECT_EQ(outcome({5, 5, 5, 5, 5}, 5.5), Conclusion::regression);
}

}  // namespace
}  // namespace harness::stats
