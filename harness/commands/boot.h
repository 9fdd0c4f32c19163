// uniharness boot: the image on this terminal, without limits.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "build/image.h"

namespace harness {

struct BootOptions {
  std::string scenario;
  std::vector<std::string> patterns;  // choose one instance of a matrix
  BuildOptions build;
  bool gdb = false;    // wait for a debugger on 127.0.0.1:1234
  bool debug = false;  // keep QEMU's CPU and interrupt log
};
/// pass, or failed where the guest ended badly. Throws UsageError for mistakes in the scenario,
/// Error where the image cannot be built or QEMU cannot be started.
ExitStatus boot(const BootOptions& options);

}  // namespace harness
