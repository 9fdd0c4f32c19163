#include "ab_test/counted.h"

#include <gtest/gtest.h>

namespace harness::ab {
namespace {

AbRow row_of(const std::string& name, stats::Conclusion outcome) {
  AbRow row;
  row.name = name;
  row.unit = "cycles";
  row.decision.outcome = outcome;
  return row;
}

TEST(CountedBesideAlarms, EqualCountsAreLayoutAndNotInstructions) {
  std::vector<AbRow> rows = {row_of("f first", stats::Conclusion::regression),
                             row_of("Init", stats::Conclusion::unchanged)};
  ASSERT_TRUE(has_alarm(rows));
  const std::vector<Reading> counted = {{"f total", "instructions", 28420},
                                        {"Init", "instructions", 7}};
  add_counted(rows, counted, counted);
  EXPECT_EQ(counted_lines(rows),
            "counted, 'f first': 28,420 instructions equal: layout, not instructions\n");
  EXPECT_TRUE(rows[1].counted.empty()) << "no alarm";
}

TEST(CountedBesideAlarms, AnInstructionMoreIsNamed) {
  std::vector<AbRow> rows = {row_of("f avg after first", stats::Conclusion::regression),
                             row_of("boot", stats::Conclusion::improvement)};
  add_counted(rows, {{"f total", "instructions", 28420}, {"Init", "instructions", 7}},
              {{"f total", "instructions", 28421}, {"Init", "instructions", 7}});
  const std::string moved = "28,420 → 28,421 instructions (f total)\n";
  EXPECT_EQ(counted_lines(rows),
            "counted, 'f avg after first': " + moved + "counted, 'boot': " + moved);
}

TEST(CountedBesideAlarms, WithoutAnAlarmNothingIsSaid) {
  std::vector<AbRow> rows = {row_of("boot", stats::Conclusion::inconclusive)};
  EXPECT_FALSE(has_alarm(rows));
  add_counted(rows, {{"Init", "instructions", 7}}, {{"Init", "instructions", 7}});
  EXPECT_EQ(counted_lines(rows), "");
}

/// Noise of 2 % that no number of boots brings within 1 %.
TEST(AbMargin, TheLastLookConcludesWithinTheMargin) {
  Plan plan;
  plan.looks = stats::planned_looks(30);
  const auto outcome_of = [&plan] {
    AbTest comparison(plan);
    comparison.begin({{"a", "cycles", 1000}}, {{"a", "cycles", 1000}});
    for (int i = 0; i < 30; ++i) {
      comparison.add({{"a", "cycles", 1000.0 + (i * 7 % 11) * 8}},
                     {{"a", "cycles", 1000.0 + (i * 5 % 11) * 8}});
      if (comparison.look(i == 29)) break;
    }
    return comparison.rows()[0].decision.outcome;
  };
  plan.margin = plan.narrow;
  EXPECT_EQ(outcome_of(), stats::Conclusion::inconclusive);
  plan.margin = 0.05;
  EXPECT_EQ(outcome_of(), stats::Conclusion::unchanged);
}

}  // namespace
}  // namespace harness::ab
