// A run of the history as one side of a comparison: the same numbers, under the same names and
// with the same rules, as those of its report. Pure.
#pragma once

#include <string>

#include "compare/measurements.h"
#include "history/entry.h"

namespace harness::history {

/// `source` is for messages. What may wait for the disk is left out, for no gate judges it. A run
/// that did not pass has a fault.
Measurements measurements_of(const Entry& entry, std::string source);

/// Whether firmware's wait for a disk may be in the number: old entries do not say whether there
/// was one. Time by the host's clock is noisy anyway and compared as such.
bool may_wait_for_disk(const Entry& entry, const EntryMetric& metric);

}  // namespace harness::history
