#include "cluster/chunks.h"

#include "suite_plan/plan_testing.h"

namespace harness {
namespace {

SuitePlan plan_of(std::size_t count, std::optional<int> milliseconds) {
  SuitePlan plan;
  for (std::size_t i = 0; i < count; ++i) {
    plan.instances.push_back(planned("i" + std::to_string(i), milliseconds));
  }
  return plan;
}

TEST(Chunks, TakeHalfAMinuteToAMinuteInFullWaves) {
  for (const std::size_t at_once : {1u, 3u, 8u, 200u}) {
    for (const std::size_t count : {5000u, 10000u, 77777u}) {
      const std::size_t parts = part_count(plan_of(count, 5000), at_once);
      const double seconds = 5.0 * static_cast<double>(count) / static_cast<double>(parts);
      EXPECT_EQ(parts % at_once, 0u);
      EXPECT_LE(seconds, 60.0) << count << " by " << at_once;
      EXPECT_TRUE(seconds >= 30.0 || parts == at_once) << count << " by " << at_once;
    }
  }
}

TEST(Chunks, LeaveNoTaskIdleAndNoneEmpty) {
  EXPECT_EQ(part_count(plan_of(100, 1000), 8), 8u) << "less than a wave of minutes";
  EXPECT_EQ(part_count(plan_of(3, 1000), 8), 3u);
  EXPECT_EQ(part_count(plan_of(20, 600'000), 8), 20u) << "an instance is never split";
  EXPECT_EQ(part_count(plan_of(9, 600'000), 8), 9u);
  EXPECT_EQ(part_count(plan_of(1000, std::nullopt), 8), 8u) << "no time is known";
  EXPECT_EQ(part_count(plan_of(1, 0), 1), 1u);
}

TEST(Chunks, FitIntoArrays) {
  using Arrays = std::vector<TaskArray>;
  EXPECT_EQ(task_arrays(40, 1000), (Arrays{{0, 40}}));
  EXPECT_EQ(task_arrays(1000, 1000), (Arrays{{0, 1000}}));
  EXPECT_EQ(task_arrays(2001, 1000), (Arrays{{0, 1000}, {1000, 1000}, {2000, 1}}));
}

}  // namespace
}  // namespace harness
