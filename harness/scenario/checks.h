// The `checks:` list of a scenario.
#pragma once

#include <vector>

#include "model/scenario.h"
#include "scenario/faults.h"
#include "scenario/node.h"

namespace harness {

/// Reads the list after the table of checks; what is wrong is added to `faults` and left out.
std::vector<CheckSpec> read_checks(const Node& list, Faults& faults);

}  // namespace harness
