#include <gtest/gtest.h>

#include "base/files.h"
#include "base/folder_testing.h"
#include "base/sha256.h"
#include "suite_plan/plan_testing.h"
#include "suite_plan/suite_plan.h"

namespace harness {
namespace {

TEST(PlanJson, IsReadAsItWasWritten) {
  PlanFile file = sample_plan();
  file.plan.parts = 3;
  file.plan.retries = 2;
  file.plan.allow_flaky = true;
  file.plan.boots = 5;
  file.plan.clock = ClockKind::host;
  file = plan_file(file.plan);
  const SuitePlan back = plan_from_json(file.text, "plan.json");
  EXPECT_EQ(plan_file(back).text, file.text);
  EXPECT_EQ(back.parts, 3u);
  EXPECT_EQ(back.retries, 2u);
  EXPECT_TRUE(back.allow_flaky);
  EXPECT_EQ(back.boots, 5u);
  EXPECT_EQ(back.clock, ClockKind::host);
  EXPECT_EQ(back.choice.patterns, std::vector<std::string>{"!slow"});
  ASSERT_EQ(back.instances.size(), 4u);
  EXPECT_EQ(back.instances[0].expected, std::chrono::milliseconds(30));
  EXPECT_EQ(back.instances[1].expected, std::nullopt);
  EXPECT_EQ(back.instances[1].quarantine, "until 2026-12-31: issue 12");
  EXPECT_EQ(back.instances[2].options, "-append 'x y'");
}
TEST(PlanJson, OfAFileIsKnownByTheHashOfItsText) {
  const TestFolder folder;
  const PlanFile file = sample_plan();
  write_atomically(folder.path / "p", file.text);
  const PlanFile read = load_plan(folder.path / "p");
  EXPECT_EQ(read.sha256, file.sha256);
  EXPECT_EQ(read.sha256, sha256_of(file.text));
  EXPECT_EQ(sample_plan().sha256, file.sha256) << "the same plan makes the same text";
}

std::string refusal(const std::string& from, const std::string& to) {
  std::string text = sample_plan().text;
  const std::size_t at = text.find(from);
  if (at == text.npos) return "not in the text: " + from;
  text.replace(at, from.size(), to);
  return refused(ExitStatus::invalid_data, [&] { plan_from_json(text, "p.json"); });
}

TEST(PlanJson, WhatCannotBeIsRefusedWithItsFileAndKey) {
  const struct {
    const char *from, *to, *complaint;
  } kinds[] = {
      {"\"uniharness_plan\": 1", "\"uniharness_plan\": 2", "p.json: uniharness_plan: this version"},
      {"\"choice\"", "\"chioce\"", "p.json: choice: missing"},
      {"\"retries\": 0", "\"retries\": -1", "p.json: options.retries: expected a whole number"},
      {"\"retries\": 0", "\"retries\": 0, \"x\": 1", "p.json: options.x: unknown key"},
      {"\"name\": \"d\"", "\"name\": \"a\"", "p.json: instances[3].name: 'a' stands in the plan"},
      {"\"name\": \"a\"", "\"name\": \"\"", "p.json: instances[0].name: expected a text"},
      {"\"name\": \"a\"", "\"name\": \"\\u001b[2J\"", "p.json: instances[0].name: has characters"},
      {"\"expected_ms\": 30.0", "\"expected_ms\": -3", "p.json: instances[0].expected_ms: expect"},
      {"\"scenario_sha256\": \"a", "\"scenario_sha256\": \"A",
       "p.json: instances[0].scenario_sha256: expected a SHA-256"},
      {"{", "[", "p.json: not JSON"},
  };
  for (const auto& kind : kinds) {
    const std::string told = refusal(kind.from, kind.to);
    EXPECT_TRUE(told.starts_with(kind.complaint)) << kind.to << ": " << told;
    EXPECT_NE(told.find("uniharness plan"), std::string::npos) << told;
  }
  EXPECT_NE(
      refused(ExitStatus::invalid_data,
              [] { plan_from_json(plan_file(SuitePlan{.uniharness_version = "1"}).text, "p"); })
          .find("p: instances: at least one instance"),
      std::string::npos);
}
TEST(PlanJson, AnyBytesAreRefusedAndNothingElse) {
  const std::string text = sample_plan().text;
  for (std::size_t size = 0; size + 2 < text.size(); size += 7) {
    EXPECT_THROW(plan_from_json(text.substr(0, size), "p"), Error) << size;
  }
  EXPECT_THROW(plan_from_json(std::string(100'000, '['), "p"), Error);
  EXPECT_THROW(plan_from_json("\xff\xfe", "p"), Error);
}

TEST(PlanChanges, AreToldByTheNameOfTheInstance) {
  const SuitePlan then = sample_plan().plan;
  EXPECT_TRUE(plan_changes(then, then).empty());
  SuitePlan now = then;
  now.uniharness_version = "1.3";
  now.instances[0].scenario_sha256 = std::string(64, 'c');
  now.instances[1].image_sha256 = std::string(64, 'd');
  now.instances[2].accel = "kvm";
  now.instances[3].name = "e";
  now.instances[0].expected = std::nullopt;  // is no change
  EXPECT_EQ(plan_changes(then, now),
            (std::vector<std::string>{
                "uniharness was 1.2 and is 1.3", "'a': its scenario file is another one",
                "'b': its image is another one", "'c[model=pc]': its accelerator is another one",
                "'d' is gone", "'e' is new"}));
}

}  // namespace
}  // namespace harness
