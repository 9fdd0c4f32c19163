// The `steps:` list of a scenario.
#pragma once

#include <span>
#include <vector>

#include "model/param.h"
#include "model/scenario.h"
#include "scenario/faults.h"
#include "scenario/node.h"

namespace harness {

/// The keys of a step; exactly one of wait, send and stop stands in each.
std::span<const ParamSpec> step_params();

/// Reads the list; what is wrong is added to `faults` and left out.
std::vector<Step> read_steps(const Node& list, Faults& faults);

}  // namespace harness
