// Misbehaves: says a line now and then, for ever, so that it is never idle and never ends.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  for (uint32_t round = 0;; ++round) {
    system.console.text("still here, round ").decimal(round).newline();
    // Long enough that the serial limit is far away when the wall limit comes.
    for (uint32_t i = 0; i < 50'000'000; ++i) asm volatile("");
  }
}

extern "C" const kernel::App kernel_app = {"chatter", 1, 0, &run};
