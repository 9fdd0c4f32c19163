// The boots of a suite: several instances at a time, each with its reports and, last, its result.
#pragma once

#include <vector>

#include "session/suite_build.h"
#include "session/suite_options.h"
#include "suite/suite.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// The results, in the order of `instances`, all of which stand in the plan. Shows how it is
/// getting on. Throws Error where nothing can be run at all; what goes wrong with one instance is
/// its result.
std::vector<InstanceResult> boot_instances(const std::vector<Instance>& instances,
                                           const PreparedImages& images, const PlanFile& file,
                                           const SuiteOptions& options);

}  // namespace harness
