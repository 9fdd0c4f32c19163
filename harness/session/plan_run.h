// Running a plan, or a part of it, or what is left of it.
#pragma once

#include "base/error.h"
#include "session/suite_options.h"

namespace harness {

/// What options.plan or options.resume names: all of it, options.part or the instances of
/// options.chosen; of a folder that is gone on with, those without a complete result. Builds
/// nothing. Throws Error (invalid_data) where the tool, a scenario or an image is not the planned
/// one, UsageError for a part that is empty, and as run_ready().
ExitStatus run_plan(const SuiteOptions& options);

}  // namespace harness
