// Images side by side: sizes, boot, calls, memory, workloads, and what follows from them. Counted
// numbers are exact and must come out the same on every machine with the same QEMU and compiler;
// host times come from a series that was measured once and is kept. Pure: records in, document out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "history/entry.h"
#include "model/record.h"
#include "page/document.h"
#include "scenario/comparison_plan.h"

namespace harness::comparison_report {

/// Names of the numbers that a host series has besides those of the guest, in microseconds: from
/// QEMU's start to its end, and the same of an empty guest that was booted beside it.
inline constexpr char kWholeBoot[] = "whole boot";
inline constexpr char kEmptyGuest[] = "floor";

/// What was measured of one image.
struct Measured {
  RunRecord counted;                   // under the counted clock; boots that passed
  std::optional<history::Entry> host;  // boots under the host clock, the same count for all
};

/// What was measured of one peer, under the host clock.
struct MeasuredPeer {
  std::string name;
  history::Entry host;
};

/// `sides` as plan.sides; `calls` where the plan asks for it; `peers`, those of the plan that have
/// been measured. `command` made the report. Throws
/// Error (invalid_data) where a number that the plan names is missing, or a counted number differs
/// between two boots.
Document describe(const ComparisonPlan& plan, const std::vector<Measured>& sides,
                  const std::optional<Measured>& calls, const std::vector<MeasuredPeer>& peers,
                  const std::string& command);

}  // namespace harness::comparison_report
