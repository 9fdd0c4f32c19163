// Would a gate have cried wolf? Its rules, replayed over the past.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"

namespace harness {

struct CalibrateOptions {
  std::filesystem::path db;  // empty: as for the history
  std::vector<std::filesystem::path>
      reports;  // report folders, or folders of them; empty: the history
  bool json = false;
};
/// Inconclusive where no scenario has enough runs to tell.
ExitStatus calibrate(const CalibrateOptions& options);

}  // namespace harness
