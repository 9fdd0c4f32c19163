#include "ab_test/ab_test.h"

#include <gtest/gtest.h>

#include "ab_test/render.h"
#include "compare/measurements.h"

namespace harness::ab {
namespace {

using stats::Conclusion;

std::vector<Reading> readings(double init, double total) {
  return {{"Init", "cycles", init}, {"Total", "cycles", total}};
}

Plan plan_of(std::size_t most) {
  Plan plan;
  plan.looks = stats::planned_looks(most);
  return plan;
}

/// 60 pairs: Init as it was, Total slower by `factor`; each with a wave of a few per mille.
AbTest series(double factor) {
  AbTest comparison(plan_of(60));
  EXPECT_EQ(comparison.begin(readings(9000, 9000), readings(9000, 9000)), std::nullopt);
  for (int i = 0; i < 60; ++i) {
    const double here = 1000 + i * 7 % 11, there = 1000 + i * 5 % 11;
    EXPECT_EQ(comparison.add(readings(here, here), readings(there, there * factor)), std::nullopt);
    if (comparison.look(i == 59)) break;
  }
  return comparison;
}

TEST(AbTest, StopsAtTheFirstLookWhereAllIsSettled) {
  const AbTest comparison = series(1.05);
  EXPECT_EQ(comparison.pairs(), 10u);
  EXPECT_EQ(comparison.rows()[0].decision.outcome, Conclusion::unchanged);
  EXPECT_EQ(comparison.rows()[1].decision.outcome, Conclusion::regression);
  EXPECT_EQ(overall(comparison.rows()), Conclusion::regression);
}

TEST(AbTest, ANumberThatIsZeroAtTimesIsNotJudgedAndHoldsNothingUp) {
  AbTest comparison(plan_of(60));
  comparison.begin(readings(1000, 1000), readings(1000, 1000));
  for (int i = 0; i < 60; ++i) {
    const double here = 1000 + i * 7 % 11, there = 1000 + i * 5 % 11;
    comparison.add(readings(here, i == 2 ? 0 : here), readings(there, there));
    if (comparison.look(i == 59)) break;
  }
  EXPECT_EQ(comparison.pairs(), 10u);
  EXPECT_TRUE(comparison.rows()[1].not_judged);
  EXPECT_EQ(overall(comparison.rows()), Conclusion::unchanged);
  EXPECT_EQ(overall({comparison.rows()[1]}), Conclusion::inconclusive) << "nothing was judged";
  AbResult result;
  result.rows = comparison.rows();
  const std::string text = render_text(result);
  EXPECT_NE(text.find("not judged: 'Total': a sample is not a number above 0"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("-100.00"), std::string::npos) << text;
}

TEST(AbTest, TheWarmUpIsKeptApart) {
  const AbTest comparison = series(1);
  EXPECT_EQ(comparison.warm_up()[0].base, std::vector<double>{9000});
  for (const double sample : comparison.rows()[0].base) EXPECT_LT(sample, 2000);
}

TEST(AbTest, LooksOnlyWherePlanned) {
  AbTest comparison(plan_of(60));
  comparison.begin(readings(1, 1), readings(1, 1));
  for (int i = 0; i < 9; ++i) {
    comparison.add(readings(5, 5), readings(5, 5));
    EXPECT_FALSE(comparison.look(false));
    EXPECT_TRUE(comparison.rows()[0].decision.reason.empty()) << "no verdict was made";
  }
}

TEST(AbTest, ANumberThatIsMissingIsNamed) {
  AbTest comparison(plan_of(60));
  const auto only_init = std::vector<Reading>{{"Init", "cycles", 1}};
  const auto problem = comparison.begin(readings(1, 1), only_init);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->find("new image does not report 'Total'"), std::string::npos) << *problem;

  AbTest later(plan_of(60));
  EXPECT_FALSE(later.begin(readings(1, 1), readings(1, 1)));
  EXPECT_TRUE(later.add(only_init, readings(1, 1)));
  EXPECT_TRUE(later.add(only_init, only_init)) << "also where both lose it";
}

TEST(AbTest, AUnitThatChangesIsNotTheSameNumber) {
  AbTest comparison(plan_of(60));
  EXPECT_TRUE(comparison.begin({{"Init", "cycles", 1}}, {{"Init", "us", 1}}));
}

TEST(AbTest, OnlyTheNumbersAskedForAreInTheFamily) {
  Plan plan = plan_of(60);
  plan.metrics = {"Total"};
  AbTest comparison(plan);
  EXPECT_FALSE(comparison.begin(readings(1, 1), readings(1, 1)));
  EXPECT_EQ(comparison.rows().size(), 1u);

  plan.metrics = {"Sum"};
  const auto problem = AbTest(plan).begin(readings(1, 1), readings(1, 1));
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->find("'Init', 'Total'"), std::string::npos) << *problem;
}

AbRow exact_row(std::vector<double> base, std::vector<double> candidate) {
  return {"Init", "instructions", std::move(base), std::move(candidate), {}, 0};
}

TEST(DecideExactly, OneInstructionMoreIsARegression) {
  std::vector<AbRow> rows = {exact_row({100, 100}, {101, 101}), exact_row({100, 100}, {99, 99}),
                             exact_row({100, 100}, {100, 100})};
  decide_exactly(rows);
  EXPECT_EQ(rows[0].decision.outcome, Conclusion::regression);
  EXPECT_EQ(rows[0].decision.reason, "+1 instructions");
  EXPECT_EQ(rows[1].decision.outcome, Conclusion::improvement);
  EXPECT_EQ(rows[2].decision.outcome, Conclusion::unchanged);
}

TEST(DecideExactly, ANumberThatIsNotExactProvesNothing) {
  std::vector<AbRow> rows = {exact_row({100, 101}, {100, 101})};
  decide_exactly(rows);
  EXPECT_EQ(rows[0].decision.outcome, Conclusion::inconclusive);
  EXPECT_NE(rows[0].decision.reason.find("differ"), std::string::npos);
}

TEST(Readings, TimeOfTheHostIsOneOnlyUnderItsOwnClock) {
  BootRecord boot;
  boot.trace.wall = std::chrono::milliseconds(80);
  boot.events.timings = {{"Init", 7}};
  boot.events.benches = {{10, 80, 8}};
  const auto host = readings_of(boot, ClockKind::host);
  ASSERT_EQ(host.size(), 3u) << "boot, timing, bench; the average per call moves with the bench";
  EXPECT_EQ(host[0].name, "boot");
  EXPECT_EQ(host[0].value, 80);
  const auto counted = readings_of(boot, ClockKind::counted);
  ASSERT_EQ(counted.size(), 2u);
  EXPECT_EQ(counted[0].unit, "instructions");
}

TEST(Readings, ANumberIsCalledAsGateAndCompareCallIt) {
  BootRecord boot;
  boot.events.timings = {{"Init", 7}};
  boot.events.metrics = {{"Init", 9, "bytes"}};
  RunRecord run;
  run.fingerprint.clock = ClockKind::counted;
  run.boots = {boot};
  const auto readings = readings_of(boot, ClockKind::counted);
  ASSERT_EQ(readings.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(readings[i].name, measurements_of(run, "").series.at(i).name);
  }
  EXPECT_EQ(readings[1].name, "Init [METRIC]");
}

TEST(AbTest, MetricsAreChosenByNameKindAndPattern) {
  const std::vector<Reading> three = {
      {"fib avg", "cycles", 1}, {"fib total", "cycles", 1}, {"sum", "cycles", 1}};
  Plan plan = plan_of(60);
  const auto begun = [&](std::vector<std::string> metrics) {
    plan.metrics = std::move(metrics);
    AbTest comparison(plan);
    const auto problem = comparison.begin(three, three);
    return problem ? *problem : std::to_string(comparison.warm_up().size());
  };
  EXPECT_EQ(begun({"fib*"}), "2");
  EXPECT_EQ(begun({"timing sum", "sum", "f*avg"}), "2") << "each once";
  EXPECT_EQ(begun({"fib*", "smu"}), "there is no number 'smu': did you mean 'sum'?");
}

TEST(Render, JsonKeepsEverySampleOutliersToo) {
  AbResult result;
  result.rows = series(1.05).rows();
  result.rows[0].base[3] = 777777;
  EXPECT_NE(render_json(result).find("777777"), std::string::npos);
  EXPECT_NE(render_text(result).find("verdict: regression"), std::string::npos);
}

TEST(Render, TheBriefAnswerShowsWhatChangedAndCountsTheRest) {
  AbResult result;
  result.scenario = "s";
  result.base = "a";
  result.candidate = "b";
  result.accel = "tcg";
  result.rows = series(1.05).rows();
  const std::string text = render_brief(result);
  EXPECT_TRUE(text.starts_with("s: base a, new b\n  regression: Total: ")) << text;
  EXPECT_NE(text.find("\n  1 more: 1 unchanged (--verbose has all)\n"), text.npos) << text;
  EXPECT_TRUE(text.ends_with("\nverdict: regression\n")) << text;
  EXPECT_EQ(render_verdict(result), "s: regression: 1 regression, 1 unchanged\n");
}
TEST(Render, WhereNothingChangedTheBriefAnswerShowsOneNumber) {
  AbResult result;
  result.rows = series(1).rows();
  const std::string text = render_brief(result);
  EXPECT_EQ(text.find("regression"), text.npos) << text;
  EXPECT_NE(text.find("\n  unchanged: "), text.npos) << text;
}

}  // namespace
}  // namespace harness::ab
