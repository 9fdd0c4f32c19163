// Misbehaves: says where it is and then never anything again, computing for ever.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.text("about to hang\n");
  for (;;) asm volatile("");
}

extern "C" const kernel::App kernel_app = {"hang", 1, 0, &run};
