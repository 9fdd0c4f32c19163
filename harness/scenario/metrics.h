// `metrics:` of a scenario: numbers in the guest's custom output.
#pragma once

#include <span>
#include <vector>

#include "model/param.h"
#include "model/scenario.h"
#include "scenario/faults.h"
#include "scenario/node.h"

namespace harness {

/// The keys of one entry.
std::span<const ParamSpec> metric_params();

/// Reads the list. What is wrong is added to `faults`: a pattern without the group `value`, a name
/// or unit that is given twice or nowhere, a scale beside units that are converted.
std::vector<MetricPattern> read_metrics(const Node& list, Faults& faults);

}  // namespace harness
