// Keeps records over a reboot, as the store means it.
#include <kernel/disk.h>

#include "keep.h"

static wire::Status run(kernel::System& system) {
  kernel::Disk disk;
  return keep(system, disk);
}

extern "C" const kernel::App kernel_app = {UNIKERNEL_NAME, 2, 0, &run};
