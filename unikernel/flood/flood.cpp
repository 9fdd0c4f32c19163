// Misbehaves: writes line after line, each of them in order, for ever.
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  for (uint32_t i = 0;; ++i) system.emit.metric("round", i, "rounds");
}

extern "C" const kernel::App kernel_app = {"flood", 0, 1, &run};
