// From one boot of an image that nothing is known of to a scenario that passes. Pure: what the boot
// showed goes in, text comes out, and the text is held against the same boot before it is given
// away.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/record.h"
#include "onboarding/image_kind.h"

namespace harness::onboarding {

struct Probe {
  ImageKind kind;
  Scenario scenario;  // as it was booted: name, machine, image as it is to be written
  BootRecord boot;    // read without any OutputRules
};

struct Draft {
  std::string yaml;
  std::vector<std::string> found;  // what the probe showed, a line each, for the console
};

/// The machine and the image as they are probed and written. `file` is the path of the image as it
/// shall stand in the scenario.
Scenario scenario_to_probe(const ImageKind& kind, const std::string& name, const std::string& file);

/// Throws Error (failed) with what was seen instead where the guest said nothing that a scenario
/// could wait for, and Error where QEMU did not start.
Draft make_draft(const Probe& probe);

struct Rehearsal {
  VerdictKind ending = VerdictKind::pass;  // of the boot, as the scenario reads it
  Verdict verdict;                         // of the run
};
/// What the scenario `yaml` makes of the probe's boot, as if it had been run on it. Throws
/// UsageError where the text is no scenario.
Rehearsal rehearse(std::string_view yaml, const Probe& probe);

}  // namespace harness::onboarding
