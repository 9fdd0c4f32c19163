#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

namespace harness {

struct ViewOptions {
  std::filesystem::path folder = "reports";  // a report folder, or one that has some below it
  std::uint16_t port = 0;                    // 0: one that is free
};
/// Serves the reports on 127.0.0.1 until Ctrl-C, which is how it is meant to end. Throws UsageError
/// where there is no such folder.
ExitStatus view_reports(const ViewOptions& options);

}  // namespace harness
