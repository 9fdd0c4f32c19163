// Misbehaves: halts with interrupts off, where nothing can wake the processor. QEMU then uses no
// processor time at all: no limit but that of silence sees it.
#include <kernel/console.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.console.text("going to sleep\n");
  for (;;) asm volatile("cli; hlt");
}

extern "C" const kernel::App kernel_app = {"halt_cli", 1, 0, &run};
