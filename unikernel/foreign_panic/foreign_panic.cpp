// Misbehaves: panics in the words of another kernel, and then hangs, as that one does.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.text("[    0.512345] Kernel panic - not syncing: No working init found.\n");
  for (;;) asm volatile("");
}
extern "C" const kernel::App kernel_app = {"foreign_panic", 1, 0, &run};
