// Boots on the disks that a power cut leaves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "machine/machine.h"
#include "model/record.h"
#include "run/progress.h"

namespace harness {

struct PowerCutRun {
  const Scenario& scenario;
  const PowerCutSpec& spec;  // its power_cuts
  const Image& image;
  const BootRecord& recorded;                  // the boot, with its disk log
  const std::filesystem::path& before;         // the disk that it began with
  const std::filesystem::path& folder;         // of the reports; states that fail are kept there
  std::optional<std::uint64_t> promised = {};  // by earlier boots on this disk
  unsigned jobs = 1;  // boots at a time; `machine` is then used by several threads
};

/// Tries the states that power_cuts/states.h chooses, each disk once, however many states have it.
/// Fails the boot after a cut that is no pass under the checks of `power_cuts`, or that finds less
/// than was promised. The first failures are reduced and kept: the disk as power-cut-BOOT-N.img,
/// what the guest said as power-cut-BOOT-N.log. Memory does not grow with the number of boots.
/// Throws Error: interrupted, no room for a copy of the disk, or where QEMU cannot be started.
PowerCuts try_power_cuts(Machine& machine, const PowerCutRun& run, Progress& progress);

/// Removes what an earlier run kept in a report folder.
void remove_kept_cuts(const std::filesystem::path& folder);

}  // namespace harness
