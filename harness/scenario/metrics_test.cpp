#include "scenario/metrics.h"

#include <gtest/gtest.h>

#include "scenario/load.h"

namespace harness {
namespace {

Scenario with(const std::string& entries) {
  return parse_scenario("name: a\nimage: {disk: a.img}\nmetrics:\n" + entries, "s.yaml");
}
std::string fault_of(const std::string& entries) {
  try {
    with(entries);
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "";
}

TEST(ScenarioMetrics, EveryKeyIsRead) {
  const Scenario scenario = with(
      "  - {pattern: '(?P<name>\\w+)=(?P<value>\\d+) (?P<unit>\\w+)', unit: ns, "
      "better: lower, samples: median}\n"
      "  - {pattern: 'rate (?P<value>[0-9.]+)', name: rate, unit: calls/s, scale: 100}\n");
  ASSERT_EQ(scenario.metrics.size(), 2u);
  EXPECT_EQ(scenario.metrics[0].samples, SampleRule::median);
  EXPECT_EQ(scenario.metrics[0].better, BetterWhen::lower);
  EXPECT_EQ(scenario.metrics[0].unit, "ns");
  EXPECT_EQ(scenario.metrics[1].name, "rate");
  EXPECT_EQ(scenario.metrics[1].scale, 100u);
  EXPECT_EQ(scenario.metrics[1].samples, SampleRule::one);
  EXPECT_TRUE(scenario.metrics[1].rounds) << "its scale was stated";
  EXPECT_FALSE(scenario.metrics[0].rounds || scenario.metrics[0].comma ||
               scenario.metrics[0].absolute);
  const MetricPattern european =
      with(
          "  - {pattern: '(?P<value>.+)', name: a, unit: s, scale: 1, decimal: comma, "
          "negative: absolute}\n")
          .metrics.at(0);
  EXPECT_TRUE(european.rounds && european.comma && european.absolute);
}

TEST(ScenarioMetrics, MistakesSayWhatToWrite) {
  const auto has = [](const std::string& entries, const char* text) {
    const std::string fault = fault_of(entries);
    EXPECT_NE(fault.find(text), std::string::npos) << fault;
    EXPECT_EQ(fault.substr(0, 7), "s.yaml:") << fault;
  };
  has("  - {pattern: '\\d+', name: a, unit: ns}\n", "no group 'value'");
  has("  - {pattern: '(?P<value>\\d+', name: a, unit: ns}\n", "pattern");
  has("  - {pattern: '(?P<value>\\d+)', unit: ns}\n", "the number has no name");
  has("  - {pattern: '(?P<name>a)(?P<value>\\d+)', name: a, unit: ns}\n", "a key and a group");
  has("  - {pattern: '(?P<value>\\d+)', name: a}\n", "the number has no unit");
  has("  - {pattern: '(?P<value>\\d+)(?P<unit>s)', name: a, unit: ms, scale: 10}\n",
      "a scale beside");
  has("  - {pattern: '(?P<value>\\d+)(?P<unit>s)', name: a, unit: cows}\n", "converted to cows");
  has("  - {pattern: '(?P<value>\\d+)', name: a, unit: s, samples: all}\n", "samples");
  has("  - {pattern: '(?P<value>\\d+)', name: a, unit: s}\n"
      "  - {pattern: '(?P<value>\\d+)x', name: a, unit: s}\n",
      "two entries of metrics are called a");
  has("  nothing\n", "must hold a list");
}

}  // namespace
}  // namespace harness
