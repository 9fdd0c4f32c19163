#include "suite_plan/part.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "suite_plan/plan_testing.h"

namespace harness {
namespace {

using Positions = std::vector<std::size_t>;

std::string usage(const std::function<void()>& action) {
  return refused(ExitStatus::usage, action);
}

TEST(Part, PartsTogetherAreThePlanWhateverTheirNumber) {
  const SuitePlan plan = sample_plan().plan;
  for (std::size_t count = 1; count <= 4; ++count) {
    std::multiset<std::size_t> all;
    for (std::size_t i = 1; i <= count; ++i) {
      const PlanPart part = part_of(plan, std::to_string(i) + "/" + std::to_string(count));
      EXPECT_TRUE(std::ranges::is_sorted(part.positions));
      all.insert(part.positions.begin(), part.positions.end());
    }
    EXPECT_EQ(all, (std::multiset<std::size_t>{0, 1, 2, 3})) << count;
  }
}
TEST(Part, IsBalancedByTheExpectedTimes) {
  // a takes 30, b what is typical (20), c 10, d 20.
  const SuitePlan plan = sample_plan().plan;
  EXPECT_EQ(part_of(plan, "1/2").positions, (Positions{0, 2}));
  EXPECT_EQ(part_of(plan, "2/2").positions, (Positions{1, 3}));
}
TEST(Part, AnEmptyOneIsRefused) {
  const SuitePlan plan = sample_plan().plan;
  EXPECT_NE(usage([&] { part_of(plan, "5/5"); }).find("part 5/5 is empty: the plan has only 4"),
            std::string::npos);
}
TEST(Part, TheNumberOfPartsMayStandInThePlanAndIsThenTheOnlyOne) {
  SuitePlan plan = sample_plan().plan;
  EXPECT_NE(usage([&] { part_of(plan, "2"); }).find("--part 2/n"), std::string::npos);
  plan.parts = 2;
  EXPECT_EQ(part_of(plan, "2").positions, part_of(plan, "2/2").positions);
  EXPECT_EQ(part_of(plan, "2").title, "part 2/2");
  EXPECT_NE(usage([&] { part_of(plan, "2/3"); }).find("is one of 2 parts"), std::string::npos);
  for (const char* words : {"0", "3", "x", "", "1/", "/2", "0/2", "-1"}) {
    EXPECT_NE(usage([&] { part_of(plan, words); }).find("is not a valid part"), std::string::npos)
        << words;
  }
}

TEST(NamedPart, HasTheInstancesOfTheFileInTheOrderOfThePlan) {
  const SuitePlan plan = sample_plan().plan;
  const PlanPart part = named_part(plan, "# mine\nd\n\n c[model=pc]\r\nd\n", "names");
  EXPECT_EQ(part.positions, (Positions{2, 3}));
  EXPECT_EQ(named_part(plan, "a", "names").positions, Positions{0});
}
TEST(NamedPart, WhatIsNotInThePlanIsToldWithItsLine) {
  const SuitePlan plan = sample_plan().plan;
  EXPECT_TRUE(usage([&] {
                named_part(plan, "a\nc\n", "names");
              }).starts_with("names:2:1: 'c' is no instance of the plan"));
  EXPECT_TRUE(
      usage([&] { named_part(plan, "\n# a\n", "names"); }).starts_with("names: names no instance"));
}

TEST(PartJson, IsReadAsItWasWrittenAndOnlyWithItsPlan) {
  const PlanFile file = sample_plan();
  const PlanPart part = part_of(file.plan, "2/2");
  const std::string text = render_part(file, part);
  const PlanPart back = part_from_json(text, "part.json", file);
  EXPECT_EQ(back.positions, part.positions);
  EXPECT_EQ(back.title, part.title);
  PlanFile other = file;
  other.sha256 = std::string(64, '0');
  EXPECT_TRUE(refused(ExitStatus::invalid_data, [&] {
                part_from_json(text, "part.json", other);
              }).starts_with("part.json: plan: is not the plan beside it"));
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    EXPECT_THROW(part_from_json(text.substr(0, size), "p", file), Error) << size;
  }
}

}  // namespace
}  // namespace harness
