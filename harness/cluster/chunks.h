// Into how many tasks a plan is split, and those into arrays. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "suite_plan/suite_plan.h"

namespace harness {

/// In how many parts a plan is run where `at_once` tasks run at a time: where there is work for it,
/// parts of 30 to 60 s by the expected times, and each wave of tasks is full. Never more than
/// instances. Where no time is known, one wave.
std::size_t part_count(const SuitePlan& plan, std::size_t at_once);

/// Tasks offset + 1 to offset + count.
struct TaskArray {
  std::size_t offset = 0, count = 0;
  bool operator==(const TaskArray&) const = default;
};
/// As few arrays as possible, none larger than `largest`, which is above 0.
std::vector<TaskArray> task_arrays(std::size_t tasks, std::size_t largest);

}  // namespace harness
