// A plan for tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/error.h"
#include "suite_plan/suite_plan.h"

namespace harness {

inline PlannedInstance planned(const std::string& name, std::optional<int> milliseconds = {}) {
  PlannedInstance one{.name = name, .scenario_file = "scenarios/" + name + ".yaml"};
  one.scenario_sha256 = std::string(64, 'a');
  one.image_sha256 = std::string(64, 'b');
  one.accel = "tcg";
  if (milliseconds) one.expected = std::chrono::milliseconds(*milliseconds);
  return one;
}

inline PlanFile sample_plan() {
  SuitePlan plan;
  plan.uniharness_version = "1.2";
  plan.choice = {{"scenarios"}, {"!slow"}, "known.yaml"};
  plan.instances = {planned("a", 30), planned("b"), planned("c[model=pc]", 10), planned("d", 20)};
  plan.instances[1].quarantine = "until 2026-12-31: issue 12";
  plan.instances[2].options = "-append 'x y'";
  return plan_file(std::move(plan));
}

/// What an Error of that status says; a failure of the test where there is none.
inline std::string refused(ExitStatus status, const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.status, status) << error.what();
    return std::string(error.what()) + " | " + error.hint;
  }
  ADD_FAILURE() << "no complaint";
  return {};
}

}  // namespace harness
