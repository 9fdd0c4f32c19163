// What happens once in a suite, before its boots: building, and finding and hashing the images.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.h"
#include "build/image.h"
#include "run/plan.h"
#include "run/progress.h"
#include "suite/suite.h"

namespace harness {

/// One `cmake --build` for the targets of all instances, and each build command of a scenario once.
/// Throws Error where one fails.
void build_all(const std::vector<Instance>& instances, const BuildOptions& options,
               Progress& progress);

/// What an instance boots, or why it cannot.
struct Prepared {
  Image image;
  std::shared_ptr<const ImageFacts> facts;
  std::optional<Error> fault;
};
using PreparedImages = std::map<const Instance*, Prepared>;

/// Every image is found and hashed once, however many instances boot it. Throws UsageError; what
/// else is wrong with one image is its fault alone.
PreparedImages prepare(const std::vector<Instance>& instances, const BuildOptions& options);

}  // namespace harness
