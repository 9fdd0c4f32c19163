// The stated rates, held against noise of several shapes. Every comparison goes through the same
// planned looks as uniharness ab does, and stops as soon as it may. Seeded: the figures are the
// same in every run; none of them is a time.
#include <gtest/gtest.h>

#include <vector>

#include "stats/change_points.h"
#include "stats/decide.h"
#include "stats/noise_testing.h"

namespace harness::stats {
namespace {

constexpr std::size_t kBudget = 100;  // the default of uniharness ab

/// Boots in the order ABBA until the verdict is settled or the budget ends.
Conclusion compare(Noise& noise, const Model& model, double factor) {
  DecisionRules rules;
  rules.paired = true;
  std::vector<double> base, candidate;
  for (const Look& look : planned_looks(kBudget)) {
    rules.share = look.share;
    while (base.size() < look.samples) {
      const auto pair = static_cast<double>(base.size());
      const double first = model(noise, 2 * pair), second = model(noise, 2 * pair + 1);
      const bool base_first = base.size() % 2 == 0;
      base.push_back(base_first ? first : second);
      candidate.push_back((base_first ? second : first) * factor);
    }
    const Decision decision = decide(base, candidate, rules);
    if (decision.settled) return decision.outcome;
  }
  return Conclusion::inconclusive;
}

struct Tally {
  int regressions = 0, improvements = 0;
};

Tally repeat(const Model& model, double factor, int times, std::uint64_t seed) {
  Noise noise(seed);
  Tally tally;
  for (int i = 0; i < times; ++i) {
    const Conclusion outcome = compare(noise, model, factor);
    tally.regressions += outcome == Conclusion::regression;
    tally.improvements += outcome == Conclusion::improvement;
  }
  return tally;
}

struct Shape {
  const char* name;
  Model model;
};
const Shape kShapes[] = {{"normal", normal_noise},
                         {"boots_beside_compilers", boots_beside_compilers},
                         {"bimodal", bimodal},
                         {"drifting", drifting},
                         {"coarse", coarse}};

constexpr int kComparisons = 2000;

TEST(Simulation, FalseAlarmsAreAtMostOneInAHundredWithFourLooks) {
  for (const Shape& shape : kShapes) {
    const Tally tally = repeat(shape.model, 1.0, kComparisons, 1);
    const int alarms = tally.regressions + tally.improvements;
    RecordProperty(std::string("alarms_of_2000_") + shape.name, alarms);
    // At a true rate of 1 % one expects 20 of 2000, with a standard deviation of 4.45. The bound is
    // the rate itself, without that margin: the division over looks leaves room.
    EXPECT_LE(alarms, 20) << shape.name;
  }
}

TEST(Simulation, WithoutTheDivisionOverLooksThereWouldBeTooMany) {
  // The same data, each look at the full level: the test above can fail.
  Noise noise(1);
  int alarms = 0;
  for (int i = 0; i < kComparisons; ++i) {
    std::vector<double> base, candidate;
    bool alarm = false;
    DecisionRules rules;
    rules.min_effect = 0;
    for (const std::size_t look : {5u, 10u, 15u, 20u, 25u, 30u, 40u, 50u, 60u}) {
      while (base.size() < look) {
        base.push_back(normal_noise(noise, 0));
        candidate.push_back(normal_noise(noise, 0));
      }
      const Conclusion outcome = decide(base, candidate, rules).outcome;
      alarm |= outcome == Conclusion::regression || outcome == Conclusion::improvement;
    }
    alarms += alarm;
  }
  EXPECT_GT(alarms, 20 + 3 * 5) << "three standard deviations over 1 %";
}

/// How many series of forty runs show a step, where nothing changed.
int series_with_a_step(const Model& model, double alpha) {
  Noise noise(6);
  ChangePointRules rules;
  rules.alpha = alpha;
  int found = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<double> runs(40);
    for (double& run : runs) run = model(noise, 0);
    found += noisy_change_points(runs, rules).empty() ? 0 : 1;
  }
  return found;
}

// The rate of `history`: of a series, 1 %. One expects 10 of 1000, with a standard deviation
// of 3.1; the bound is three of these above.
TEST(Simulation, OneSeriesInAHundredShowsAStepWhereThereIsNone) {
  for (const Shape& shape : kShapes) {
    if (std::string_view(shape.name) == "drifting") continue;  // what drifts does change
    const int found = series_with_a_step(shape.model, ChangePointRules{}.alpha);
    RecordProperty(std::string("steps_of_1000_") + shape.name, found);
    EXPECT_LE(found, 19) << shape.name;
  }
  EXPECT_GT(series_with_a_step(normal_noise, 0.05), 19) << "the bound tells a rate of 5 %";
}

TEST(Simulation, FivePercentSlowerIsFoundInAtLeastNinetyFiveOfAHundred) {
  for (const Shape& shape : kShapes) {
    if (std::string_view(shape.name) == "bimodal" || std::string_view(shape.name) == "coarse")
      continue;  // the median itself does not move by 5 % there
    const int found = repeat(shape.model, 1.05, 400, 2).regressions;
    RecordProperty(std::string("found_of_400_") + shape.name, found);
    EXPECT_GE(found, 380) << shape.name;
    EXPECT_EQ(repeat(shape.model, 1.05, 400, 2).improvements, 0) << shape.name;
  }
}

}  // namespace
}  // namespace harness::stats
