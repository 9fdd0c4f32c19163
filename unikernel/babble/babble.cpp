// Misbehaves: writes for ever and never ends the line.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  for (;;) system.console.text("blah ");
}

extern "C" const kernel::App kernel_app = {"babble", 1, 0, &run};
