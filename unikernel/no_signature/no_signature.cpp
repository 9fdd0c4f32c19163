// A good app whose image on the disk is spoilt (NO_SIGNATURE in CMakeLists.txt): the boot sector
// must refuse to run it.
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"no_signature", 1, 0, &run};
