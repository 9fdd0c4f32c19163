// uniharness replay: a saved trace judged again, without QEMU.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "session/reported_run.h"

namespace harness {

struct ReplayOptions {
  std::filesystem::path trace;  // a report folder, or a serial log
  std::string scenario;         // empty: the one the record names
  OutputOptions output;         // with `out` empty, nothing is written
};
/// The status is that of the verdict. Throws UsageError where there is no such trace, or no
/// scenario to judge it by; Error (invalid_data) for a damaged folder.
ExitStatus replay(const ReplayOptions& options);

}  // namespace harness
