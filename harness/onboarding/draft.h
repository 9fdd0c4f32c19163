// From one boot of an image that nothing is known of to a scenario. It passes on that boot, or,
// where the guest failed in it, fails on it and says why. Pure: what the boot showed goes in, text
// comes out, and the text is held against the same boot before it is given away.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "onboarding/probe.h"

namespace harness::onboarding {

struct Draft {
  std::string yaml;
  std::vector<std::string> found;     // what the probe showed, a line each, for the console
  std::vector<std::string> warnings;  // what speaks against it, a line each; shown loudly
  bool passes = true;                 // whether a boot like the probe passes
};

/// `expect_failure`: the guest is meant to end as badly as it did, so that is what the scenario
/// expects. Throws Error (failed) with what was seen instead where the guest said nothing that a
/// scenario could wait for, and Error where QEMU did not start.
Draft make_draft(const Probe& probe, bool expect_failure = false);

struct Rehearsal {
  VerdictKind ending = VerdictKind::pass;  // of the boot, as the scenario reads it
  Verdict verdict;                         // of the run
};
/// What the scenario `yaml` makes of the probe's boot, as if it had been run on it. Throws
/// UsageError where the text is no scenario.
Rehearsal rehearse(std::string_view yaml, const Probe& probe);

}  // namespace harness::onboarding
