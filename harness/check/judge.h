// The verdict on a run, from the endings of its boots and the findings of its checks.
#pragma once

#include <vector>

#include "model/record.h"
#include "model/scenario.h"

namespace harness {

/// Runs all checks of a scenario on a record: fills record.findings (in order) and record.verdict.
/// An `ending:` check that names the verdict observed makes that ending a pass; without one, only
/// an ending of `pass` is good. A run whose ending is not what was expected takes the kind of the
/// ending; else a failed check makes it fail, an invalid one invalid_data. Pure.
void judge(RunRecord& record, const std::vector<CheckSpec>& checks);

/// For each boot whose writes were to be cut (`power_cuts:`) and of which the record has nothing:
/// that nothing was tried, which judge() takes for missing data. The place of all is that of
/// `spec`.
void complete_power_cuts(RunRecord& record, const PowerCutSpec& spec);

}  // namespace harness
