// Every number of a run over its boots: count, min, median, spread. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/record.h"

namespace harness {

/// The kind of line a number came from: a [TIMING] and a [METRIC] of one name are two numbers.
enum class NumberSource { timing, bench, profile, metric };

/// One named number, a sample for each boot that said it.
struct MetricSamples {
  NumberSource source;
  std::string name, unit;
  std::vector<std::uint64_t> samples;
};
/// Those that summarize() is about, in the same order.
std::vector<MetricSamples> collect_samples(const RunRecord& record);

/// One summary per named number ([TIMING], [BENCH], [PROFILE] avg and total, [METRIC]) in the
/// order of first appearance. Boots that lack a number simply have fewer samples of it.
std::vector<MetricSummary> summarize(const RunRecord& record);

}  // namespace harness
