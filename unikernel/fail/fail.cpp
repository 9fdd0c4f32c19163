// Fails in good order: one of its two tests failed, and it says so everywhere.
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.emit.test("second", wire::Status::fail, 1, 41);
  return wire::Status::fail;
}

extern "C" const kernel::App kernel_app = {"fail", 2, 0, &run};
