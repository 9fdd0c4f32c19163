// The rates of one run held against those before it, for noise of several shapes. Seeded: the
// figures are the same in every run.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "stats/noise_testing.h"
#include "stats/runs.h"

namespace harness::stats {
namespace {

/// What a run tells: the median of seven boots, and what all of them share (5.5 % would be noise
/// between boots; runs differ by 1 %).
double run_of(Noise& noise, const Model& boot, double at) {
  std::vector<double> boots(7);
  for (double& one : boots) one = boot(noise, at);
  return median(boots) * std::exp(0.01 * noise.normal());
}

struct Rates {
  int regressions = 0, improvements = 0, unchanged = 0, inconclusive = 0;
};

/// `times` comparisons of a run, made slower by `factor`, with `past` runs before it.
Rates repeat(const Model& boot, std::size_t past, double factor, int times) {
  Noise noise(7);
  Rates rates;
  for (int i = 0; i < times; ++i) {
    std::vector<double> runs(past);
    for (std::size_t k = 0; k < past; ++k) runs[k] = run_of(noise, boot, static_cast<double>(k));
    const double candidate = run_of(noise, boot, static_cast<double>(past)) * factor;
    switch (decide_against_runs(runs, candidate).decision.outcome) {
      case Conclusion::regression:
        ++rates.regressions;
        break;
      case Conclusion::improvement:
        ++rates.improvements;
        break;
      case Conclusion::unchanged:
        ++rates.unchanged;
        break;
      case Conclusion::inconclusive:
        ++rates.inconclusive;
    }
  }
  return rates;
}

struct Shape {
  const char* name;
  Model model;
  int most_alarms;  // of a thousand
};
/// A mode that the past has not shown is taken for a change: bimodal and coarse noise have one in
/// every eighth and every twentieth run, which a few runs do not show.
const Shape kShapes[] = {{"normal", normal_noise, 15},
                         {"beside_compilers", boots_beside_compilers, 20},
                         {"bimodal", bimodal, 80},
                         {"coarse", coarse, 60}};

void note(const char* name, const Rates& rates) {
  ::testing::Test::RecordProperty(name, "regressions " + std::to_string(rates.regressions) +
                                            ", improvements " + std::to_string(rates.improvements) +
                                            ", unchanged " + std::to_string(rates.unchanged) +
                                            ", inconclusive " + std::to_string(rates.inconclusive));
}

TEST(RunsSimulation, FalseAlarmsAreFew) {
  constexpr int kTimes = 1000;
  for (const Shape& shape : kShapes) {
    for (const std::size_t past : {5U, 12U, 30U}) {
      const Rates rates = repeat(shape.model, past, 1, kTimes);
      note((std::string(shape.name) + "_" + std::to_string(past)).c_str(), rates);
      EXPECT_LE(rates.regressions + rates.improvements, shape.most_alarms) << shape.name << past;
    }
  }
}

TEST(RunsSimulation, FifteenPercentSlowerIsFound) {
  constexpr int kTimes = 300;
  for (const Shape& shape : kShapes) {
    const Rates rates = repeat(shape.model, 20, 1.15, kTimes);
    note(shape.name, rates);
    EXPECT_EQ(rates.improvements, 0) << shape.name;
    EXPECT_GE(rates.regressions, kTimes * 7 / 10) << shape.name;
  }
}

// 26 numbers, 33 commits that change nothing, each held against up to 30 runs before it.
TEST(RunsSimulation, OfThirtyThreeCommitsThatChangeNothingOneIsFlaggedAtMost) {
  Noise noise(11);
  constexpr std::size_t kNumbers = 26, kCommits = 33, kWindow = 30;
  std::vector<std::vector<double>> series(kNumbers);
  DecisionRules rules;
  rules.family = kNumbers;
  int flagged = 0;
  for (std::size_t commit = 0; commit < kCommits; ++commit) {
    bool alarm = false;
    for (auto& runs : series) {
      const double value = run_of(noise, normal_noise, 0);
      const std::size_t skipped = runs.size() - std::min(runs.size(), kWindow);
      const auto outcome =
          decide_against_runs(std::span(runs).subspan(skipped), value, rules).decision.outcome;
      alarm |= outcome == Conclusion::regression || outcome == Conclusion::improvement;
      runs.push_back(value);
    }
    flagged += alarm ? 1 : 0;
  }
  EXPECT_LE(flagged, 1);
}

}  // namespace
}  // namespace harness::stats
