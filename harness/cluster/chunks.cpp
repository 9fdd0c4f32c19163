#include "cluster/chunks.h"

#include <algorithm>

#include "suite/shard.h"

namespace harness {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kLongestPart = std::chrono::seconds(60);

nanoseconds expected_sum(const SuitePlan& plan) {
  std::vector<KnownDuration> known;
  known.reserve(plan.instances.size());
  for (const PlannedInstance& one : plan.instances) known.push_back(one.expected);
  nanoseconds sum{0};
  for (const nanoseconds one : estimates(known)) sum += one;
  return sum;
}

}  // namespace

std::size_t part_count(const SuitePlan& plan, std::size_t at_once) {
  const std::size_t wave = std::max<std::size_t>(at_once, 1);
  const auto needed =
      static_cast<std::size_t>((expected_sum(plan) + kLongestPart - nanoseconds(1)) / kLongestPart);
  const std::size_t waves = std::max<std::size_t>((needed + wave - 1) / wave, 1);
  const std::size_t most = std::max<std::size_t>(plan.instances.size(), 1);
  return waves > most / wave ? most : waves * wave;
}

std::vector<TaskArray> task_arrays(std::size_t tasks, std::size_t largest) {
  std::vector<TaskArray> arrays;
  for (std::size_t offset = 0; offset < tasks; offset += largest) {
    arrays.push_back({offset, std::min(largest, tasks - offset)});
  }
  return arrays;
}

}  // namespace harness
