// Misbehaves: panics in the middle of a line, two calls deep, after a test that passed.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

[[gnu::noinline]] static void check_invariant(uint32_t value) {
  if (value != 0) kernel::panic("the invariant is broken");
}

static wire::Status run(kernel::System& system) {
  system.emit.test("before", wire::Status::pass, 1, 1);
  system.console.text("checking the invariant ... ");
  check_invariant(launder_value(1u));
  system.emit.test("after", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"guest_panic", 2, 0, &run};
