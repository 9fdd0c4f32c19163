#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "output/comparison_output.h"

namespace harness {

struct CompareOptions {
  std::vector<std::string> sides;  // two at least: BASE as load_base() takes it, and then NEW
  bool side_by_side = false;       // show both and judge nothing (compare/side_by_side.h)
  ComparisonOptions comparison;
};
/// Throws UsageError and Error; side by side, also where the two have no number in common.
ExitStatus compare(const CompareOptions& options);

}  // namespace harness
