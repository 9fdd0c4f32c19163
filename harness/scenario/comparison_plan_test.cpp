#include "scenario/comparison_plan.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace harness {
namespace {

constexpr char kWhole[] = R"(name: old against new
about: a sentence
sides:
  - {name: new, scenario: new.yaml}
  - {name: old, scenario: sub/old.yaml}
calls:
  scenario: calls.yaml
  count: 10K
  rows: [{name: direct, metric: direct_call}, {name: trap, metric: int80_call}]
peers:
  - {name: firmware, scenario: peers/bios.yaml}
quoted:
  - {what: size, value: 346 KB, source: release notes}
)";

std::string error_of(const std::string& text) {
  try {
    parse_comparison(text, "dir/c.yaml");
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ComparisonPlan, HoldsAllThatTheFileSays) {
  const ComparisonPlan plan = parse_comparison(kWhole, "dir/c.yaml");
  EXPECT_EQ(plan.file, "dir/c.yaml");
  EXPECT_EQ(plan.name, "old against new");
  EXPECT_EQ(plan.about, "a sentence");
  ASSERT_EQ(plan.sides.size(), 2u);
  EXPECT_EQ(plan.sides[0].name, "new");
  EXPECT_EQ(plan.sides[1].scenario, "dir/sub/old.yaml");
  EXPECT_EQ(plan.calls.scenario, "dir/calls.yaml");
  EXPECT_EQ(plan.calls.count, 10240u);
  ASSERT_EQ(plan.calls.rows.size(), 2u);
  EXPECT_EQ(plan.calls.rows[1].metric, "int80_call");
  ASSERT_EQ(plan.peers.size(), 1u);
  EXPECT_EQ(plan.peers[0].scenario, "dir/peers/bios.yaml");
  ASSERT_EQ(plan.quoted.size(), 1u);
  EXPECT_EQ(plan.quoted[0].source, "release notes");
}

TEST(ComparisonPlan, CallsAndQuotesMayBeLeftOut) {
  const ComparisonPlan plan = parse_comparison(
      "{name: n, sides: [{name: a, scenario: a.yaml}, {name: b, scenario: b.yaml}]}", "c.yaml");
  EXPECT_TRUE(plan.calls.scenario.empty());
  EXPECT_TRUE(plan.quoted.empty());
}

TEST(ComparisonPlan, IsToldFromAScenario) {
  EXPECT_TRUE(is_comparison(kWhole));
  EXPECT_FALSE(is_comparison("name: a\nimage: {target: a, disk: a.img}\n"));
  for (const char* text : {"", "- sides", "sides", "sides: [", "\xff"}) {
    EXPECT_FALSE(is_comparison(text)) << text;
  }
}

TEST(ComparisonPlan, MistakesAreNamedWithTheirPlaces) {
  EXPECT_NE(error_of("name: n\nsides: [{name: a, scenario: a.yaml}]").find("dir/c.yaml:2:"),
            std::string::npos);
  EXPECT_NE(error_of("- 1").find("is a map of keys"), std::string::npos);
  const std::string twice = error_of(
      "name: n\nsides:\n  - {name: a, scenario: a.yaml}\n  - {name: a, scenario: b.yaml}\n");
  EXPECT_NE(twice.find("dir/c.yaml:4:"), std::string::npos) << twice;
  EXPECT_NE(twice.find("two sides are called 'a'"), std::string::npos);
  const std::string several =
      error_of("name: n\nside: []\ncalls: {scenario: x.yaml, count: 0}\nquoted: {}\n");
  EXPECT_NE(several.find("did you mean 'sides'"), std::string::npos) << several;
  EXPECT_NE(several.find("calls lacks the key 'rows'"), std::string::npos);
  EXPECT_NE(several.find("quoted must be a list"), std::string::npos);
  EXPECT_NE(several.find("two sides at least"), std::string::npos);
}

TEST(ComparisonPlan, EveryCutOfAFileIsReadOrRefused) {
  const std::string text = kWhole;
  for (std::size_t size = 0; size < text.size(); ++size) {
    try {
      parse_comparison(text.substr(0, size), "c.yaml");
    } catch (const UsageError&) {
    }
  }
}

}  // namespace
}  // namespace harness
