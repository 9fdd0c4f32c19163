// Misbehaves: a test of it fails, and it returns pass.
#include <kernel/console.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("adds", wire::Status::pass, 1, 4);
  system.console.text("unreported_failure.cpp:9: 7 * 6 is 41\n");
  system.emit.test("multiplies", wire::Status::fail, 1, 41);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"unreported_failure", 2, 0, &run};
