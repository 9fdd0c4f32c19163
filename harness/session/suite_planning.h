// From instances to a plan, and from a plan back to instances.
#pragma once

#include <filesystem>
#include <vector>

#include "session/suite_build.h"
#include "session/suite_options.h"
#include "suite/shard.h"
#include "suite/suite.h"
#include "suite_plan/part.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// The plan of these instances, whose images are built and whose accelerators are chosen.
/// `expected` has an entry for each. Throws Error naming a file that cannot be read.
SuitePlan make_plan(const std::vector<Instance>& instances, const PreparedImages& images,
                    const std::vector<KnownDuration>& expected, const SuiteOptions& options);

/// The instances of a part of a plan, their reports below `root`. Throws Error (invalid_data)
/// naming scenarios that are not those of the plan, and UsageError for their mistakes.
std::vector<Instance> planned_instances(const SuitePlan& plan, const PlanPart& part,
                                        const std::filesystem::path& root);

/// Throws Error (invalid_data) where an instance would boot another image than planned, or its
/// machine be given other things; the fault of an image that is no longer there.
void require_planned_images(const SuitePlan& plan, const std::vector<Instance>& instances,
                            const PreparedImages& images);

/// Throws Error (invalid_data) where the plan was made by another version of the tool.
void require_planned_tool(const SuitePlan& plan);

}  // namespace harness
