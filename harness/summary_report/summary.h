// One run on a page: what was built, what was measured, what changed since numbers were last
// accepted, what is next. Only what comes out the same again: no times of the host. Pure.
#pragma once

#include <optional>
#include <string>

#include "baseline/baseline.h"
#include "model/record.h"
#include "page/document.h"
#include "summary_report/roadmap.h"

namespace harness::summary {

/// `baseline` and `roadmap` where there are such files; `commands` make the summary again. Throws
/// Error (invalid_data) for a run under the host clock, or one that did not pass.
Document describe(const RunRecord& record, const std::optional<Baseline>& baseline,
                  const std::optional<Roadmap>& roadmap, const std::vector<std::string>& commands);

}  // namespace harness::summary
