// Misbehaves: an exception with no handler table, so that its handling faults too, and again. The
// processor resets, which under -no-reboot ends QEMU with status 0.
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("before", wire::Status::pass, 1, 1);
  const uint8_t empty_table[6] = {};
  asm volatile("lidt %0; int3" : : "m"(empty_table));
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"triple_fault", 1, 0, &run};
