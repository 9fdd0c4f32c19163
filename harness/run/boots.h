// All boots of one run: what `run` does for one scenario, and a suite for each of its instances.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "build/image.h"
#include "machine/machine.h"
#include "model/record.h"
#include "run/plan.h"
#include "run/progress.h"

namespace harness {

struct BootAllOptions {
  bool verbose = false;    // show serial output through `progress`
  bool keep_disk = false;  // of a scenario with image.persist: the last state, as disk.img
  unsigned cut_jobs =
      1;  // boots at a time after power cuts; `machine` is then used by several threads
  unsigned boot_jobs = 1;      // boots at a time, where that cannot change a number
  bool hide_hostname = false;  // the record does not name this machine
  // Asked after the boots that the scenario says: whether there shall be another one.
  std::function<bool(const RunRecord&)> another = {};
};

/// Boots the image as often as the scenario says, and as options.another wants; a boot that was cut
/// off, or that QEMU could not begin, is the last; then comes what `power_cuts:` asks for. The
/// record is not judged yet. Meanwhile `folder`, where the reports will be, holds a status file
/// (live/status.h). Throws Error: interrupted, or where QEMU cannot be started.
RunRecord boot_all(Machine& machine, const Scenario& scenario, const Image& image,
                   const ImageFacts& facts, const std::filesystem::path& folder,
                   const BootAllOptions& options, Progress& progress);

class LiveReporter;

/// "boot 1/2: pass after 12.3 ms".
std::string boot_outcome(const Scenario& scenario, const BootRecord& boot);

/// One boot, its events collected as it comes; not judged. `index` counts from 1. `live` is given
/// what the guest says, where there is one.
BootRecord boot_once(Machine& machine, const Job& job, std::uint64_t index,
                     const Scenario& scenario, bool verbose, Progress& progress,
                     LiveReporter* live = nullptr);

}  // namespace harness
