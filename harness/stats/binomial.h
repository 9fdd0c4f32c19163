// The interval of a rate.
#pragma once

#include <cstddef>

#include "stats/stats.h"

namespace harness::stats {

/// The exact binomial interval of a rate (Clopper & Pearson, Biometrika 26:404, 1934) for `hits` of
/// `trials`, at `confidence`. No trials: [0, 1].
Interval binomial_interval(std::size_t hits, std::size_t trials, double confidence = 0.95);

}  // namespace harness::stats
