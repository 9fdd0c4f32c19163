// One run off those before it: a change, or a level of the host that they have not shown?
#include <gtest/gtest.h>

#include <vector>

#include "stats/runs.h"
#include "stats/unseen_levels.h"

namespace harness::stats {
namespace {

using Values = std::vector<double>;

/// `count` runs around 100, by 0.4 % at most.
Values quiet(int count) {
  Values runs;
  for (int i = 0; i < count; ++i) runs.push_back(100 + 0.1 * (i * 7 % 5));
  return runs;
}

Values with_newest(Values runs, int count, double value) {
  for (int i = 0; i < count; ++i) runs.push_back(value + 0.1 * (i % 2));
  return runs;
}

/// One run every `apart` seconds, the candidate last.
Values times(std::size_t count, double apart) {
  Values begun;
  for (std::size_t i = 0; i < count; ++i) begun.push_back(1e9 + apart * static_cast<double>(i));
  return begun;
}

TEST(RunsUnseen, OneRunOffTwelveIsNoAlarmAndSaysWhatWouldDecide) {
  const Decision decision = decide_against_runs(quiet(12), 110).decision;
  EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
  EXPECT_NEAR(decision.p, chance_of_unseen_level({.before = 12, .newest = 1}), 1e-12);
  EXPECT_GT(decision.p, decision.level);
  EXPECT_FALSE(decision.settled);
  EXPECT_NE(
      decision.reason.find("a level of the host that 12 runs have not shown is as likely as "
                           "2.9 % (allowed: 0.55 %): 1 run more like it, six hours apart, would "
                           "decide"),
      std::string::npos)
      << decision.reason;
}

TEST(RunsUnseen, TheSecondInARowIsOne) {
  const Decision worse = decide_against_runs(with_newest(quiet(12), 1, 110), 110).decision;
  EXPECT_EQ(worse.outcome, Conclusion::regression) << worse.reason;
  EXPECT_LE(worse.p, worse.level);
  EXPECT_EQ(decide_against_runs(with_newest(quiet(12), 1, 90), 90).decision.outcome,
            Conclusion::improvement);
  EXPECT_EQ(decide_against_runs(with_newest(quiet(12), 1, 90), 110).decision.outcome,
            Conclusion::inconclusive)
      << "of two sides";
  EXPECT_EQ(decide_against_runs(with_newest(quiet(12), 1, 100.2), 110).decision.outcome,
            Conclusion::inconclusive);
}

// The count that is named is the one that decides.
TEST(RunsUnseen, AsManyRunsAsItSaysDecide) {
  for (const int before : {4, 8, 12, 30}) {
    for (const std::size_t family : {1U, 28U}) {
      DecisionRules rules;
      rules.family = family;
      const double level = 0.55 * rules.alpha / static_cast<double>(family);
      const auto wanted = static_cast<int>(
          newest_wanted({.before = static_cast<std::size_t>(before), .newest = 1}, level));
      for (int newest = 1; newest <= wanted; ++newest) {
        const Decision decision =
            decide_against_runs(with_newest(quiet(before), newest - 1, 125), 125, rules).decision;
        EXPECT_EQ(decision.outcome == Conclusion::regression, newest == wanted)
            << before << ' ' << family << ' ' << newest << ' ' << decision.reason;
      }
    }
  }
}

// What one of the runs before has shown may be seen again.
TEST(RunsUnseen, ALevelThatOneRunHasShownTakesMore) {
  Values runs = quiet(12);
  runs[4] = 112;
  EXPECT_EQ(decide_against_runs(with_newest(runs, 1, 110), 110).decision.outcome,
            Conclusion::inconclusive);
  EXPECT_EQ(decide_against_runs(with_newest(quiet(12), 1, 110), 110).decision.outcome,
            Conclusion::regression);
}

TEST(RunsUnseen, AHundredRunsSupportOne) {
  EXPECT_EQ(decide_against_runs(quiet(100), 110).decision.outcome, Conclusion::regression);
}

TEST(RunsUnseen, BeyondAnyHostItIsAChangeAtOnce) {
  EXPECT_EQ(decide_against_runs(quiet(5), 1100).decision.outcome, Conclusion::regression);
  EXPECT_EQ(decide_against_runs(quiet(5), 900).decision.outcome, Conclusion::inconclusive);
  EXPECT_EQ(decide_against_runs(quiet(5), 9).decision.outcome, Conclusion::improvement);
}

TEST(RunsUnseen, WhoSaysThatTheyShowAllGetsAnAnswerFromOne) {
  DecisionRules rules;
  rules.one_run_decides = true;
  EXPECT_EQ(decide_against_runs(quiet(5), 110, rules).decision.outcome, Conclusion::regression);
}

TEST(RunsUnseen, RunsOfOneOccasionAreNoProof) {
  const Values runs = with_newest(quiet(12), 5, 110);
  const Decision once = decide_against_runs(runs, 110, {}, times(18, 20)).decision;
  EXPECT_EQ(once.outcome, Conclusion::inconclusive);
  EXPECT_NE(once.reason.find("within six hours"), std::string::npos) << once.reason;
  EXPECT_EQ(decide_against_runs(runs, 110, {}, times(18, kOneOccasion)).decision.outcome,
            Conclusion::regression);
  EXPECT_EQ(decide_against_runs(runs, 110, {}, times(18, kOneOccasion / 4)).decision.outcome,
            Conclusion::inconclusive)
      << "three occasions, and then two";
  EXPECT_EQ(decide_against_runs(runs, 110, {}, times(17, 20)).decision.outcome,
            Conclusion::regression)
      << "times of something else say nothing";
}

TEST(RunsUnseen, ATrendWithinOneOccasionIsThatOfTheHost) {
  Values runs;
  for (int i = 0; i < 14; ++i) runs.push_back(100 + i * 0.8 + (i % 2 == 0 ? 0.5 : -0.5));
  const Decision once = decide_against_runs(runs, 111, {}, times(15, 30)).decision;
  EXPECT_EQ(once.outcome, Conclusion::inconclusive);
  EXPECT_NE(once.reason.find("the host may have crept"), std::string::npos) << once.reason;
  EXPECT_EQ(decide_against_runs(runs, 111, {}, times(15, 86400)).decision.outcome,
            Conclusion::regression);
}

// One run that was better is no measure; nor are some of one occasion.
TEST(RunsUnseen, AnImprovementIsNoneBeforeItWasSeenOftenEnough) {
  EXPECT_EQ(decide_against_runs(with_newest(quiet(12), 8, 80), 80.1).decision.outcome,
            Conclusion::improvement);
  EXPECT_EQ(
      decide_against_runs(with_newest(quiet(12), 8, 80), 80.1, {}, times(21, 20)).decision.outcome,
      Conclusion::unchanged);
  EXPECT_EQ(
      decide_against_runs(with_newest(quiet(12), 8, 80), 100, {}, times(21, 20)).decision.outcome,
      Conclusion::inconclusive)
      << "back to where it was";
}

}  // namespace
}  // namespace harness::stats
