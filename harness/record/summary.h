// Every number of a run over its boots: count, min, median, spread. Pure.
#pragma once

#include <vector>

#include "record/record.h"

namespace harness {

/// One summary per named number ([TIMING], [BENCH], [PROFILE] avg and total, [METRIC]) in the
/// order of first appearance. Boots that lack a number simply have fewer samples of it.
std::vector<MetricSummary> summarize(const RunRecord& record);

}  // namespace harness
