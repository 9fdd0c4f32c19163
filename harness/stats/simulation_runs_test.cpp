// The rates of one run held against those before it, for noise of several shapes. Seeded: the
// figures are the same in every run.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <string>
#include <utility>
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

constexpr double kDay = 86400;

/// How a host that was watched for a day has its runs: every `apart` seconds one.
struct Shape {
  const char* name;
  double apart;
  std::function<double(Noise& noise, double seconds)> run;
};

/// A level that a host keeps for half an hour on average, and that nobody sees in nine of ten runs:
/// a neighbour, huge pages, a frequency.
class KeptLevels {
 public:
  double operator()(Noise& noise, double seconds) {
    constexpr double kMeanStay = 1800;
    if (seconds < ends_) return level_ * std::exp(0.01 * noise.normal());
    level_ = noise.uniform() < 0.9 ? 1 : noise.uniform() < 0.5 ? 1.12 : 1.6;
    ends_ = seconds - kMeanStay * std::log(noise.uniform());
    return level_ * std::exp(0.01 * noise.normal());
  }

 private:
  double level_ = 1, ends_ = 0;
};

/// A host that is slower by a tenth in the afternoon.
double by_the_hour(Noise& noise, double seconds) {
  return (1 + 0.05 * std::sin(seconds / kDay * 6.2832)) * std::exp(0.01 * noise.normal());
}

std::function<double(Noise&, double)> boots_of(Model model) {
  return [model](Noise& noise, double) { return run_of(noise, model, 0); };
}

std::vector<Shape> shapes() {
  return {{"normal", kDay, boots_of(normal_noise)},
          {"beside_compilers", kDay, boots_of(boots_beside_compilers)},
          {"bimodal", kDay, boots_of(bimodal)},
          {"coarse", kDay, boots_of(coarse)},
          {"kept_levels_one_minute_apart", 60, KeptLevels()},
          {"kept_levels_ten_minutes_apart", 600, KeptLevels()},
          {"kept_levels_two_hours_apart", 7200, KeptLevels()},
          {"kept_levels_a_day_apart", kDay, KeptLevels()},
          {"by_the_hour_one_minute_apart", 60, by_the_hour},
          {"by_the_hour_an_hour_apart", 3600, by_the_hour},
          {"by_the_hour_three_hours_apart", 3 * 3600, by_the_hour},
          {"by_the_hour_seven_hours_apart", 7 * 3600, by_the_hour}};
}

struct Rates {
  int regressions = 0, improvements = 0, unchanged = 0, inconclusive = 0;
  [[nodiscard]] int alarms() const { return regressions + improvements; }
};

void count(Rates& rates, Conclusion outcome) {
  rates.regressions += outcome == Conclusion::regression ? 1 : 0;
  rates.improvements += outcome == Conclusion::improvement ? 1 : 0;
  rates.unchanged += outcome == Conclusion::unchanged ? 1 : 0;
  rates.inconclusive += outcome == Conclusion::inconclusive ? 1 : 0;
}

void note(const std::string& name, const Rates& rates) {
  ::testing::Test::RecordProperty(name, "regressions " + std::to_string(rates.regressions) +
                                            ", improvements " + std::to_string(rates.improvements) +
                                            ", unchanged " + std::to_string(rates.unchanged) +
                                            ", inconclusive " + std::to_string(rates.inconclusive));
}

/// As people use it: run after run of one program, each held against as many as `window` before it.
/// A history begins anew `histories` times.
Rates watch(const Shape& shape, std::size_t window, std::size_t commits, int histories,
            const DecisionRules& rules) {
  Noise noise(7);
  Rates rates;
  for (int history = 0; history < histories; ++history) {
    std::vector<double> runs, begun;
    for (std::size_t commit = 0; commit < window + commits; ++commit) {
      // Histories are a month apart.
      begun.push_back(history * 2.6e6 + static_cast<double>(commit) * shape.apart);
      const double value = shape.run(noise, begun.back());
      if (commit >= window) {
        const auto newest = [&](const std::vector<double>& all, std::size_t most) {
          return std::span(all).last(std::min(most, all.size()));
        };
        count(rates,
              decide_against_runs(newest(runs, window), value, rules, newest(begun, window + 1))
                  .decision.outcome);
      }
      runs.push_back(value);
    }
  }
  return rates;
}

constexpr int kHistories = 50;
constexpr std::size_t kWatched = 20;

// At the stated rate there are 10 in a thousand.
TEST(RunsSimulation, FalseAlarmsAreOneInAHundredAtMost) {
  for (const Shape& shape : shapes()) {
    for (const std::size_t window : {5U, 12U, 30U}) {
      const Rates rates = watch(shape, window, kWatched, kHistories, {});
      note(shape.name + ("_" + std::to_string(window)), rates);
      EXPECT_LE(rates.alarms(), 10) << shape.name << ' ' << window;
    }
  }
}

// The test above can fail: the same data, where one run decides.
TEST(RunsSimulation, WhereOneRunDecidesThereAreTooMany) {
  DecisionRules rules;
  rules.one_run_decides = true;
  int too_many = 0;
  for (const Shape& shape : shapes()) {
    const Rates rates = watch(shape, 12, kWatched, kHistories, rules);
    note(std::string("one_run_decides_") + shape.name, rates);
    too_many += rates.alarms() > 20 ? 1 : 0;
  }
  EXPECT_GE(too_many, 3);
}

/// How many runs it takes that a change by `factor` is found, at most kPatience; `times` histories.
constexpr int kPatience = 12;
std::vector<int> runs_until_found(const Model& boot, std::size_t past, double factor,
                                  std::size_t family, int times) {
  Noise noise(5);
  DecisionRules rules;
  rules.family = family;
  std::vector<int> needed;
  for (int i = 0; i < times; ++i) {
    std::vector<double> runs;
    for (std::size_t k = 0; k < past; ++k) runs.push_back(run_of(noise, boot, 0));
    int taken = 1;
    for (; taken <= kPatience; ++taken) {
      const double value = run_of(noise, boot, 0) * factor;
      if (decide_against_runs(runs, value, rules).decision.outcome == Conclusion::regression) break;
      runs.push_back(value);
    }
    needed.push_back(taken);
  }
  std::ranges::sort(needed);
  return needed;
}

/// Boots that differ by 1 %, as those of an idle host do.
double quiet_boots(Noise& noise, double) { return 1 + 0.01 * noise.normal(); }

TEST(RunsSimulation, WhatIsSlowerIsFoundAfterAFewRuns) {
  constexpr int kTimes = 40;
  const auto note_found = [&](const char* name, const Model& boot, std::size_t family,
                              std::size_t past, int percent) {
    const std::vector<int> needed =
        runs_until_found(boot, past, 1 + percent / 100.0, family, kTimes);
    const int half = needed[kTimes / 2], most = needed[kTimes * 9 / 10];
    RecordProperty(
        name + ("_" + std::to_string(percent)) + "_percent_of_" + std::to_string(family) +
            "_after_" + std::to_string(past),
        "half within " + std::to_string(half) + ", nine of ten within " + std::to_string(most));
    return std::pair(half, most);
  };
  for (const std::size_t family : {1U, 28U}) {
    for (const std::size_t past : {8U, 12U, 20U, 30U}) {
      for (const int percent : {10, 25, 50}) {
        EXPECT_LE(note_found("quiet", quiet_boots, family, past, percent).second, 7)
            << past << ' ' << family << ' ' << percent;
        const auto [half, most] =
            note_found("beside_compilers", boots_beside_compilers, family, past, percent);
        if (percent > 20) EXPECT_LE(half, 6) << past << ' ' << family << ' ' << percent;
        if (percent > 40) EXPECT_LE(most, 6) << past << ' ' << family;
      }
    }
  }
}

// 26 numbers, 33 commits that change nothing, each held against up to 30 runs before it.
TEST(RunsSimulation, OfThirtyThreeCommitsThatChangeNothingOneIsFlaggedAtMost) {
  Noise noise(11);
  constexpr std::size_t kNumbers = 26, kCommits = 33, kWindow = 30;
  std::vector<std::vector<double>> series(kNumbers);
  DecisionRules rules;
  rules.family = kNumbers;
  rules.one_run_decides = true;  // the harder case
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
