// Misbehaves: all its lines are in order, and then it ends with an exit value that is none of the
// protocol's.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.emit.end(wire::Status::pass);
  kernel::exit_machine(static_cast<wire::Exit>(0x33));
}

extern "C" const kernel::App kernel_app = {"unknown_exit", 1, 0, &run};
