// What went wrong in a run, each with the place that a reader opens first: for CI servers that show
// failures beside the source (GitHub's annotations, GitLab's code quality). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

/// Text of a guest or of a scenario, not yet escaped.
struct PlacedFailure {
  enum class Kind { crash, test, check, comparison, verdict };
  Kind kind = Kind::verdict;
  std::string title;       // "test adds"
  std::string message;     // lines
  std::string file;        // relative to the working directory where it lies below it
  std::uint64_t line = 0;  // 0: of the whole file
};

/// The cause first: where the guest crashed, at most `most` tests that failed, checks that did;
/// what a gate found where that is worse than the run. Where none of them explains it, the verdict.
/// Empty for a run that passed or skipped, and was not found worse than its baseline.
std::vector<PlacedFailure> placed_failures(const RunRecord& record, std::size_t most);

}  // namespace harness
