// uniharness ab: two images, or two revisions of the project, interleaved boot by boot and
// compared.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "model/scenario.h"

namespace harness {

struct AbOptions {
  std::string scenario;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  std::string base;                   // an image file, or a git revision
  std::string candidate;              // the same; empty: the project as it is now
  BuildOptions build;
  std::optional<ClockKind> clock;    // instead of the scenario's
  std::size_t pairs = 200;           // budget: boots of each image ...
  double seconds = 60;               // ... and time for all of them
  double narrow = 1;                 // per cent: an interval within this is unchanged, at any look
  double margin = 3;                 // and at the last look one within this
  double min_effect = 1;             // per cent: a smaller change is never an alarm
  std::vector<std::string> metrics;  // only these; empty: all
  bool json = false;
  bool verbose = false;  // all numbers, and how they were judged
  bool quiet = false;
};
ExitStatus ab_compare(const AbOptions& options);

}  // namespace harness
