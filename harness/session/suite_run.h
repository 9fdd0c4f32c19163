// A suite: many instances, one build before, several boots at a time, one summary after.
#pragma once

#include "session/suite_options.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// One plain scenario file, and nothing asked that only a suite has: run_loaded(). A plan or a
/// folder to resume: builds nothing, and runs what of it is asked for. Everything else is a suite,
/// with a plan and a report of its own beside those of its instances.
ExitStatus run_suite(const SuiteOptions& options);

/// The plan of the instances that these options choose, after one build. Throws Error, also where
/// one of them has no image that can be booted. Boots nothing; notes of the quarantine list are
/// printed on stderr.
SuitePlan plan_suite(const SuiteOptions& options);

}  // namespace harness
