// Which instances a suite runs, by the words of the command line.
#pragma once

#include <string>
#include <vector>

#include "session/suite_options.h"
#include "suite/shard.h"
#include "suite/suite.h"

namespace harness {

struct SuiteChoice {
  std::vector<Instance> instances = {};
  std::vector<std::string> notes = {};  // of the shard and the quarantine list
};
/// Those that -k, --shard and --quarantine leave, with --boots and --clock applied. Throws
/// UsageError where none is left, and for mistakes in these words and the files that they name.
SuiteChoice choose_instances(std::vector<Scenario> scenarios, const SuiteOptions& options);

/// How long the boots of each instance took: in the suite of options.times where that is given,
/// else when its reports were written. Throws Error where the file cannot be read.
std::vector<KnownDuration> known_durations(const std::vector<Instance>& instances,
                                           const SuiteOptions& options);

}  // namespace harness
