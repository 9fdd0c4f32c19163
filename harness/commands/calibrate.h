// Would a gate have cried wolf? Its rules, replayed over the past.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace harness {

struct CalibrateOptions {
  std::filesystem::path db;  // empty: as for the history
  /// Report folders, or folders of them, in place of a history; empty: the history.
  std::vector<std::filesystem::path> reports;
  bool json = false;
};
/// Inconclusive where no scenario has enough runs to decide.
ExitStatus calibrate(const CalibrateOptions& options);

}  // namespace harness
