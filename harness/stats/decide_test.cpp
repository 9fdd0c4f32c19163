#include "stats/decide.h"

#include <gtest/gtest.h>

#include <limits>

namespace harness::stats {
namespace {

/// count samples about `centre`, all different.
std::vector<double> spread(double centre, std::size_t count, double step = 0.1) {
  std::vector<double> samples(count);
  for (std::size_t i = 0; i < count; ++i) {
    // 7 and count have no common factor: the order is mixed, the values are evenly spaced.
    const auto place = static_cast<double>(i * 7 % count) - static_cast<double>(count - 1) / 2;
    samples[i] = centre + step * place;
  }
  return samples;
}

TEST(Decide, SlowerIsARegressionAndFasterAnImprovement) {
  const auto base = spread(1000, 20), slow = spread(1050, 20);
  const Decision worse = decide(base, slow);
  EXPECT_EQ(worse.outcome, Conclusion::regression) << worse.reason;
  EXPECT_NEAR(worse.ratio.value, 1.05, 0.001);
  EXPECT_EQ(worse.delta, 1);
  EXPECT_TRUE(worse.settled);
  EXPECT_EQ(decide(slow, base).outcome, Conclusion::improvement);
}

TEST(Decide, MoreIsBetterWhereTheRulesSaySo) {
  DecisionRules rules;
  rules.better = Better::higher;
  EXPECT_EQ(decide(spread(1000, 20), spread(1050, 20), rules).outcome, Conclusion::improvement);
}

TEST(Decide, NarrowAndEqualIsUnchanged) {
  const Decision same = decide(spread(1000, 20), spread(1000.03, 20));
  EXPECT_EQ(same.outcome, Conclusion::unchanged) << same.reason;
}

TEST(Decide, WideIsInconclusive) {
  const Decision wide = decide(spread(1000, 20, 20), spread(1010, 20, 20));
  EXPECT_EQ(wide.outcome, Conclusion::inconclusive);
  EXPECT_NE(wide.reason.find("too wide"), std::string::npos) << wide.reason;
  EXPECT_FALSE(wide.settled);
}

TEST(Decide, ACertainChangeThatIsTooSmallToMatterIsNoAlarm) {
  const Decision tiny = decide(spread(1000, 20), spread(1005, 20));
  EXPECT_LT(tiny.p, 1e-6);
  EXPECT_EQ(tiny.outcome, Conclusion::unchanged) << tiny.reason;
}

TEST(Decide, ShareAndFamilyDivideTheLevel) {
  DecisionRules rules;
  rules.share = 0.25;
  rules.family = 5;
  EXPECT_DOUBLE_EQ(decide(spread(1, 9, 0.01), spread(2, 9, 0.01), rules).level, 0.01 / 20);
  // 5 against 5 cannot be told apart at that level: 2 of 252 orders are as extreme.
  EXPECT_EQ(decide(spread(10, 5, 0.01), spread(20, 5, 0.01), rules).outcome,
            Conclusion::inconclusive);
  EXPECT_EQ(decide(spread(10, 5, 0.01), spread(20, 5, 0.01)).outcome, Conclusion::regression);
}

TEST(Decide, FewOrBrokenSamplesAreInconclusiveAndSaySo) {
  const auto good = spread(10, 9, 0.01);
  const struct {
    std::vector<double> candidate;
    const char* reason;
  } cases[] = {
      {{}, "too few"},
      {{10, 11}, "too few"},
      {{10, 11, 12, 13, 0}, "above 0"},
      {{10, 11, 12, 13, -5}, "above 0"},
      {{10, 11, 12, 13, std::numeric_limits<double>::quiet_NaN()}, "above 0"},
      {{10, 11, 12, 13, std::numeric_limits<double>::infinity()}, "above 0"},
  };
  for (const auto& one : cases) {
    const Decision decision = decide(good, one.candidate);
    EXPECT_EQ(decision.outcome, Conclusion::inconclusive);
    EXPECT_NE(decision.reason.find(one.reason), std::string::npos) << decision.reason;
  }
}

TEST(Decide, AToleranceIsHeldAgainstTheWholeInterval) {
  DecisionRules rules;
  rules.tolerated = 0.1;
  const auto base = spread(1000, 12);
  const auto against = [&](double middle) {
    return decide(base, spread(middle, 12), rules).outcome;
  };
  EXPECT_EQ(against(1048), Conclusion::unchanged);
  EXPECT_EQ(against(1200), Conclusion::regression);
  EXPECT_EQ(against(800), Conclusion::improvement);
  // More than the tolerance by its middle, and not by all of its interval.
  const Decision crosses = decide(base, spread(1100.1, 12), rules);
  EXPECT_GT(crosses.ratio.value, 1.1);
  EXPECT_EQ(crosses.outcome, Conclusion::inconclusive);
  EXPECT_NE(crosses.reason.find("on both sides of the tolerance of 10 %"), std::string::npos)
      << crosses.reason;
  // A gain that may or may not be larger than the tolerance is no loss either way.
  EXPECT_EQ(against(900), Conclusion::unchanged);
  rules.better = Better::higher;
  EXPECT_EQ(against(900), Conclusion::inconclusive);
  EXPECT_EQ(against(800), Conclusion::regression);
  rules.better = Better::neither;
  EXPECT_EQ(against(800), Conclusion::regression);
  EXPECT_EQ(against(1200), Conclusion::regression);
}

TEST(Decide, SaysHowManySamplesALevelWants) {
  DecisionRules rules;
  rules.family = 23;
  // 2 / C(14, 7) is 5.8e-4, above 0.01 / 23; 2 / C(16, 8) is 1.6e-4.
  const Decision seven = decide(spread(1000, 7), spread(2000, 7), rules);
  EXPECT_EQ(seven.outcome, Conclusion::inconclusive);
  EXPECT_NE(seven.reason.find("too few samples"), std::string::npos) << seven.reason;
  EXPECT_NE(seven.reason.find("8 of each side at least"), std::string::npos) << seven.reason;
  EXPECT_EQ(decide(spread(1000, 8), spread(2000, 8), rules).outcome, Conclusion::regression);
  rules.paired = true;
  const Decision pairs = decide(spread(1000, 7), spread(2000, 7), rules);
  EXPECT_NE(pairs.reason.find("8 of each side at least"), std::string::npos) << pairs.reason;
  EXPECT_EQ(decide(spread(1000, 8), spread(2000, 8), rules).outcome, Conclusion::regression);
}

TEST(PlannedLooks, EndAtTheBudgetAndSpendAllOfAlphaOnce) {
  for (const std::size_t most : {1u, 5u, 10u, 12u, 60u, 1000u}) {
    const std::vector<Look> looks = planned_looks(most);
    ASSERT_FALSE(looks.empty());
    EXPECT_EQ(looks.back().samples, most);
    double spent = 0;
    for (std::size_t i = 0; i < looks.size(); ++i) {
      spent += looks[i].share;
      if (i > 0) EXPECT_GT(looks[i].samples, looks[i - 1].samples);
    }
    EXPECT_NEAR(spent, 1, 1e-12) << most;
  }
}

TEST(Decide, PairsNeedEqualCounts) {
  DecisionRules rules;
  rules.paired = true;
  EXPECT_NE(decide(spread(1, 9, 0.01), spread(1, 8, 0.01), rules).reason.find("not pairs"),
            std::string::npos);
}

TEST(Decide, PairingFindsAChangeUnderDriftThatHidesIt) {
  std::vector<double> base, candidate;
  for (int i = 0; i < 20; ++i) {
    base.push_back(1000 + 40 * i);
    candidate.push_back(base.back() * (1.05 + 0.0005 * (i % 5)));
  }
  DecisionRules rules;
  EXPECT_EQ(decide(base, candidate, rules).outcome, Conclusion::inconclusive);
  rules.paired = true;
  EXPECT_EQ(decide(base, candidate, rules).outcome, Conclusion::regression);
}

TEST(Decide, AllEqualIsUnchangedAlsoAtZero) {
  const std::vector<double> zeros(5, 0.0);
  EXPECT_EQ(decide(zeros, zeros).outcome, Conclusion::unchanged);
}

}  // namespace
}  // namespace harness::stats
