// Misbehaves: ends the machine, with the value that means pass, in the middle of a line.
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

static wire::Status run(kernel::System& system) {
  system.emit.test("first", wire::Status::pass, 1, 1);
  system.console.text("[TEST] second: pass iterations=1 res");
  kernel::exit_machine(wire::Exit::pass);
}

extern "C" const kernel::App kernel_app = {"mid_line", 2, 0, &run};
