// Boots of one run side by side, where that cannot change a number.
#pragma once

#include <vector>

#include "build/image.h"
#include "machine/machine.h"
#include "model/record.h"
#include "model/scenario.h"
#include "run/progress.h"

namespace harness {

class LiveReporter;

/// Whether boots may run side by side: counted instructions are the same on a busy machine, times
/// of the host are not; and no boot may need what an earlier one left on the disk.
bool may_boot_at_once(const Scenario& scenario);

/// Whether another boot after this one is worth its time: not after one that had to be cut off,
/// which would take its full limit again; not after a flood, which fills what memory there is for a
/// run and has its verdict; nor where QEMU itself cannot run.
bool worth_another_boot(const BootRecord& last);

/// The boots that the scenario asks for, at most `jobs` at a time, in order: up to and with the
/// first that is not worth another one, as if they had run one after the other. `machine` is used
/// by several threads. On Ctrl-C returns early, with fewer. Throws Error where QEMU cannot be
/// started.
std::vector<BootRecord> boot_at_once(Machine& machine, const Scenario& scenario, const Image& image,
                                     unsigned jobs, Progress& progress, LiveReporter& live);

}  // namespace harness
