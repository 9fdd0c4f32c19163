#include "suite_plan/merge.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "suite_plan/plan_testing.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

FoundResult found(const PlanFile& file, std::size_t i, const std::string& part, VerdictKind kind,
                  std::chrono::milliseconds started = 1'000'000ms) {
  const PlannedInstance& one = file.plan.instances[i];
  FoundResult result{.folder = part + "/" + one.name};
  result.result = {.uniharness_version = file.plan.uniharness_version,
                   .plan_sha256 = file.sha256,
                   .name = one.name,
                   .image_sha256 = one.image_sha256,
                   .options = one.options,
                   .started = started,
                   .attempts = {{.verdict = {kind, ""}, .reported = true, .wall = 500ms}}};
  return result;
}

std::vector<FoundResult> all_passed(const PlanFile& file) {
  std::vector<FoundResult> results;
  for (std::size_t i = 0; i < file.plan.instances.size(); ++i) {
    results.push_back(found(file, i, "p" + std::to_string(i % 2), VerdictKind::pass));
  }
  return results;
}

const InstanceResult& instance(const MergedSuite& merged, std::size_t i) {
  return merged.suite.instances.at(i);
}

TEST(Merge, IsInTheOrderOfThePlanWhateverWasFoundFirst) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  std::ranges::reverse(results);
  const MergedSuite merged = merge_results(file, results, "all");
  ASSERT_EQ(merged.suite.instances.size(), 4u);
  EXPECT_EQ(merged.suite.status, ExitStatus::pass);
  EXPECT_TRUE(merged.suite.notes.empty());
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(instance(merged, i).name, file.plan.instances[i].name);
    EXPECT_EQ(instance(merged, i).outcome, Outcome::passed);
  }
  EXPECT_EQ(instance(merged, 2).folder, "all/c-model=pc");
  EXPECT_EQ(merged.counted[2], "p0/c[model=pc]");
}
TEST(Merge, WhatHasNoResultIsLostAndMoreSeriousThanInvalidData) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results[0].result.attempts[0].verdict.kind = VerdictKind::invalid_data;
  EXPECT_EQ(merge_results(file, results, "all").suite.status, ExitStatus::invalid_data);
  results.erase(results.begin() + 2);
  const MergedSuite merged = merge_results(file, results, "all");
  EXPECT_EQ(instance(merged, 2).outcome, Outcome::lost);
  EXPECT_EQ(instance(merged, 2).verdict().reason, "no result of it was found");
  EXPECT_EQ(merged.counted[2], "");
  EXPECT_EQ(merged.suite.status, ExitStatus::harness_error);
  EXPECT_EQ(merge_results(file, {}, "all").suite.status, ExitStatus::harness_error);
}
TEST(Merge, AQuarantineDoesNotCoverALoss) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results[1].result.attempts[0].verdict.kind = VerdictKind::panic;
  const MergedSuite covered = merge_results(file, results, "all");
  EXPECT_EQ(instance(covered, 1).outcome, Outcome::quarantined);
  EXPECT_EQ(covered.suite.status, ExitStatus::pass);
  results.erase(results.begin() + 1);
  EXPECT_EQ(merge_results(file, results, "all").suite.status, ExitStatus::harness_error);
}
TEST(Merge, OfTwoResultsTheFirstCountsAndBothAreNamed) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results.push_back(found(file, 0, "again", VerdictKind::fail, 900'000ms));
  for (int order = 0; order < 2; ++order) {
    const MergedSuite merged = merge_results(file, results, "all");
    EXPECT_EQ(instance(merged, 0).outcome, Outcome::failed);
    EXPECT_EQ(merged.counted[0], "again/a");
    ASSERT_EQ(merged.suite.notes.size(), 1u);
    EXPECT_EQ(merged.suite.notes[0],
              "'a' ran 2 times: fail in again/a, pass in p0/a; the first of them counts");
    std::ranges::reverse(results);
  }
}
TEST(Merge, AHarnessErrorCountsOnlyWhereThereIsNothingElse) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results.push_back(found(file, 0, "again", VerdictKind::harness_error, 900'000ms));
  const MergedSuite merged = merge_results(file, results, "all");
  EXPECT_EQ(instance(merged, 0).outcome, Outcome::passed);
  EXPECT_EQ(merged.suite.notes.size(), 1u);
  results.erase(results.begin());
  EXPECT_EQ(merge_results(file, results, "all").suite.status, ExitStatus::harness_error);
}
TEST(Merge, ResultsOfAnotherPlanImageOrToolAreRefusedByName) {
  const PlanFile file = sample_plan();
  const struct {
    std::string SuiteResultFile::* value;
    const char *other, *complaint;
  } kinds[] = {
      {&SuiteResultFile::plan_sha256, "ffff", "it is of the plan ffff, not of "},
      {&SuiteResultFile::image_sha256, "eeee", "it is of the image eeee, planned was bbbbbbbbbbbb"},
      {&SuiteResultFile::uniharness_version, "9", "it is of uniharness 9, the plan of 1.2"},
      {&SuiteResultFile::options, "-s", "its machine was given other things than planned"},
  };
  for (const auto& kind : kinds) {
    std::vector<FoundResult> results = all_passed(file);
    results[3].result.*kind.value = kind.other;
    const MergedSuite merged = merge_results(file, results, "all");
    EXPECT_EQ(instance(merged, 3).outcome, Outcome::lost) << kind.complaint;
    EXPECT_EQ(merged.suite.status, ExitStatus::harness_error);
    ASSERT_EQ(merged.suite.notes.size(), 1u);
    EXPECT_TRUE(merged.suite.notes[0].starts_with(std::string("refused: p1/d: ") + kind.complaint))
        << merged.suite.notes[0];
    EXPECT_NE(instance(merged, 3).verdict().reason.find(kind.complaint), std::string::npos);
  }
}
TEST(Merge, AResultOfNoInstanceIsNamedAndChangesNothing) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results.push_back(found(file, 0, "p1", VerdictKind::fail));
  results.back().result.name = "z";
  const MergedSuite merged = merge_results(file, results, "all");
  EXPECT_EQ(merged.suite.status, ExitStatus::pass);
  ASSERT_EQ(merged.suite.notes.size(), 1u);
  EXPECT_NE(merged.suite.notes[0].find("'z' is no instance of the plan"), std::string::npos);
}
TEST(Merge, AFolderWithoutACompleteResultIsTheReasonOfALoss) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results[2] = {.folder = "p0/c-model=pc", .fault = "p0/c-model=pc: holds no result.json"};
  const MergedSuite merged = merge_results(file, results, "all");
  EXPECT_EQ(instance(merged, 2).outcome, Outcome::lost);
  EXPECT_EQ(instance(merged, 2).verdict().reason,
            "no result of it counts: p0/c-model=pc: holds no result.json");
}
TEST(Merge, TimesAreOfAllMachinesTogether) {
  const PlanFile file = sample_plan();
  std::vector<FoundResult> results = all_passed(file);
  results[0].result.started = 1'000'000ms;  // to 1,000,500
  results[1].result.started = 1'000'200ms;
  results[2].result.started = 1'000'400ms;
  results[3].result.started = 1'000'700ms;  // begins as the second ends
  const SuiteResult suite = merge_results(file, results, "all").suite;
  EXPECT_EQ(suite.wall, 1200ms);
  EXPECT_EQ(suite.jobs, 3u);
  EXPECT_EQ(suite.started_at, "1970-01-01T00:16:40Z");
}

}  // namespace
}  // namespace harness
