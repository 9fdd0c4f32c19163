// What the tests of the gate and of comparisons begin with.
#pragma once

#include <fstream>
#include <string>

#include "e2e/e2e.h"

namespace harness {

/// A scenario of session20's machine that boots the image of this target.
inline fs::path scenario_of(const std::string& target, const fs::path& folder) {
  const fs::path file = folder / (target + ".yaml");
  std::ofstream(file) << "name: session20\n"
                      << "image: {target: " << target << ", disk: " << target << ".img}\n"
                      << "checks:\n  - complete: true\n";
  return file;
}

inline CommandResult accept(const fs::path& subject, const fs::path& baseline,
                            const std::string& why) {
  return uniharness({"baseline", "accept", subject, "--no-build", "-q", "--baseline", baseline,
                     "--why", why, "--out", baseline.parent_path() / "report"},
                    baseline.parent_path());
}

}  // namespace harness
