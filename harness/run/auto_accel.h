// accel: auto becomes the accelerator that a probe boot found to work, and to be the fastest.
#pragma once

#include "model/scenario.h"
#include "run/progress.h"

namespace harness {

/// A named accelerator stays as it is, whether it works or not. `auto` under the counted clock is
/// tcg, which alone can count; it is tcg for an architecture that is not the host's; else what the
/// probe says, which is kept in reports/.cache/accelerators.json ($UNIHARNESS_CACHE names another
/// folder). Says what it chose and why. Throws Error where no accelerator works.
void choose_accel(Scenario& scenario, Progress& progress);

}  // namespace harness
