// Misbehaves: its closing line says pass and its exit value says fail.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.emit.end(wire::Status::pass);
  kernel::exit_machine(wire::Exit::fail);
}

extern "C" const kernel::App kernel_app = {"wrong_witness", 1, 0, &run};
