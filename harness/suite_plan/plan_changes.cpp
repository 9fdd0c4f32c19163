#include <fmt/format.h>

#include <map>

#include "suite_plan/suite_plan.h"

namespace harness {
namespace {

/// One of what may not change, and what to call it.
struct PlannedValue {
  const char* what;
  std::string PlannedInstance::* value;
};
constexpr PlannedValue kPlannedValues[] = {
    {"its scenario file", &PlannedInstance::scenario_sha256},
    {"its image", &PlannedInstance::image_sha256},
    {"what its machine is given", &PlannedInstance::options},
    {"its accelerator", &PlannedInstance::accel},
    {"its quarantine", &PlannedInstance::quarantine},
};

std::map<std::string_view, const PlannedInstance*> by_name(const SuitePlan& plan) {
  std::map<std::string_view, const PlannedInstance*> all;
  for (const PlannedInstance& one : plan.instances) all.emplace(one.name, &one);
  return all;
}

}  // namespace

std::vector<std::string> plan_changes(const SuitePlan& then, const SuitePlan& now) {
  std::vector<std::string> changes;
  if (then.uniharness_version != now.uniharness_version) {
    changes.push_back(fmt::format("uniharness was {} and is {}", then.uniharness_version,
                                  now.uniharness_version));
  }
  const auto before = by_name(then), after = by_name(now);
  for (const PlannedInstance& one : then.instances) {
    const auto found = after.find(one.name);
    if (found == after.end()) {
      changes.push_back(fmt::format("'{}' is gone", one.name));
      continue;
    }
    for (const auto& [what, value] : kPlannedValues) {
      if (one.*value != found->second->*value) {
        changes.push_back(fmt::format("'{}': {} is another one", one.name, what));
      }
    }
  }
  for (const PlannedInstance& one : now.instances) {
    if (!before.contains(one.name)) changes.push_back(fmt::format("'{}' is new", one.name));
  }
  return changes;
}

}  // namespace harness
