// Misbehaves: ends the machine with the value that means pass, its work half done and no [END].
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  kernel::exit_machine(wire::Exit::pass);
}

extern "C" const kernel::App kernel_app = {"early_exit", 2, 0, &run};
