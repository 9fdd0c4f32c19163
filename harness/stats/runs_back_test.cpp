// Back to a level that was left for a better one: the past then shows both values on either side.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "stats/noise_testing.h"
#include "stats/runs.h"

namespace harness::stats {
namespace {

using Values = std::vector<double>;

/// `lengths`: of levels that alternate between 1 and `second`, with noise of 0.3 %.
Values alternating(const std::vector<int>& lengths, double second, std::uint64_t seed) {
  Noise noise(seed);
  Values runs;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    for (int k = 0; k < lengths[i]; ++k) {
      runs.push_back((i % 2 == 0 ? 1 : second) * (1 + 0.003 * noise.normal()));
    }
  }
  return runs;
}

DecisionRules rules_for(std::size_t family, Better better = Better::lower) {
  DecisionRules rules;
  rules.family = family;
  rules.better = better;
  return rules;
}

Decision last_of(const Values& runs, const DecisionRules& rules) {
  return decide_against_runs(std::span(runs).first(runs.size() - 1), runs.back(), rules).decision;
}

struct Past {
  int before, since;
  std::size_t family;
};
constexpr std::array kPasts = {Past{8, 20, 28}, Past{10, 8, 1},   Past{10, 6, 1}, Past{6, 10, 1},
                               Past{12, 12, 1}, Past{12, 12, 28}, Past{5, 20, 1}, Past{5, 20, 28}};

// However often it has been measured since.
TEST(RunsBack, ToALevelThatWasLeftIsNeverUnchangedAndAnAlarmInTime) {
  for (const auto& [before, since, family] : kPasts) {
    for (const bool lower : {true, false}) {
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const DecisionRules rules = rules_for(family, lower ? Better::lower : Better::higher);
        bool found = false;
        for (int back = 1; back <= 8; ++back) {
          const Decision decision =
              last_of(alternating({before, since, back}, lower ? 0.9 : 1.1, seed), rules);
          EXPECT_NE(decision.outcome, Conclusion::unchanged)
              << before << ' ' << since << ' ' << back << ' ' << decision.reason;
          EXPECT_NE(decision.outcome, Conclusion::improvement) << decision.reason;
          if (found) EXPECT_EQ(decision.outcome, Conclusion::regression) << decision.reason;
          found |= decision.outcome == Conclusion::regression;
        }
        EXPECT_TRUE(found) << before << ' ' << since << ' ' << family << ' ' << lower;
      }
    }
  }
}

TEST(RunsBack, WhereOneRunDecidesTheSecondIsAnAlarm) {
  DecisionRules rules = rules_for(28);
  rules.one_run_decides = true;
  const Decision decision = last_of(alternating({8, 20, 2}, 0.8, 3), rules);
  EXPECT_EQ(decision.outcome, Conclusion::regression) << decision.reason;
  EXPECT_NE(decision.reason.find("so since run 29 of 29"), std::string::npos) << decision.reason;
}

TEST(RunsBack, AfterAFewRunsOfEachItIsInconclusiveAndSaysWhy) {
  for (const std::vector<int>& lengths :
       {std::vector{3, 3, 2}, {6, 6, 2}, {6, 6, 4}, {4, 4, 4, 4, 2}}) {
    const Decision decision = last_of(alternating(lengths, 0.9, 2), rules_for(28));
    EXPECT_EQ(decision.outcome, Conclusion::inconclusive) << lengths.size() << decision.reason;
  }
  const Decision decision = last_of(alternating({6, 6, 4}, 0.9, 2), rules_for(28));
  EXPECT_NE(decision.reason.find("6 that were better are not mixed with these in time"),
            std::string::npos)
      << decision.reason;
}

TEST(RunsBack, AStrayOnTheWayHidesNothing) {
  Values runs = alternating({8, 20, 8}, 0.8, 4);
  runs[15] = 1.5;
  EXPECT_EQ(last_of(runs, rules_for(28)).outcome, Conclusion::regression)
      << last_of(runs, rules_for(28)).reason;
}

TEST(RunsBack, ToTheBetterLevelIsNoRegression) {
  for (const std::vector<int>& lengths : {std::vector{8, 20, 3, 1}, {10, 8, 5, 3}}) {
    const Decision decision = last_of(alternating(lengths, 0.9, 1), rules_for(1));
    EXPECT_NE(decision.outcome, Conclusion::regression) << decision.reason;
  }
}

// As where they are the first of all: no level, and not the measure.
TEST(RunsBack, TwoRunsThatWereBetterAreNoLevel) {
  EXPECT_EQ(last_of(alternating({12, 2, 9}, 0.9, 1), rules_for(28)).outcome, Conclusion::unchanged);
  EXPECT_EQ(last_of(alternating({12, 3, 9}, 0.9, 1), rules_for(28)).outcome,
            Conclusion::inconclusive);
}

// The two values differ by three to five times their noise: there is no gap between them.
TEST(RunsBack, ASmallStepBackIsNoPassEither) {
  int unchanged = 0;
  for (const auto& [before, since, family] : kPasts) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      for (const int back : {2, 4, 8}) {
        const Values runs = alternating({before, since, back}, 0.985, seed);
        unchanged += last_of(runs, rules_for(family)).outcome == Conclusion::unchanged ? 1 : 0;
      }
    }
  }
  EXPECT_LE(unchanged, 24) << "of 240";
}

TEST(RunsBack, ModesThatAreMixedAreUnchanged) {
  Values runs;
  for (const char mode : std::string_view("abbabaabbbabaababbaabababbaaba")) {
    runs.push_back(mode == 'a' ? 1.0 : 0.8);
  }
  EXPECT_EQ(last_of(runs, rules_for(28)).outcome, Conclusion::unchanged)
      << last_of(runs, rules_for(28)).reason;
}

}  // namespace
}  // namespace harness::stats
