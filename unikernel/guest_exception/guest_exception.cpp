// Misbehaves: executes an instruction that does not exist (exception 6).
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/system.h>

[[gnu::noinline]] static void execute_nonsense() { asm volatile("ud2"); }

static wire::Status run(kernel::System& system) {
  system.emit.test("before", wire::Status::pass, 1, 1);
  execute_nonsense();
  system.emit.test("after", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"guest_exception", 2, 0, &run};
