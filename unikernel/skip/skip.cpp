// Says that it cannot run here, as a guest does that misses a device: neither pass nor fail.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.text("no such device here\n");
  return wire::Status::skip;
}

extern "C" const kernel::App kernel_app = {"skip", 2, 3, &run};
