// Misbehaves: in a guarded run, an exception of code that is not in the range to be guarded.
#include <kernel/emit.h>
#include <kernel/recovery.h>
#include <kernel/system.h>

static void fault(void*) { asm volatile("ud2"); }

static wire::Status run(kernel::System& system) {
  const uint32_t begin = reinterpret_cast<uint32_t>(&fault);
  kernel::Trap trap;
  const bool returned = kernel::run_guarded(&fault, nullptr, 0, trap, {begin, begin + 16});
  system.emit.test("inside", returned ? wire::Status::fail : wire::Status::pass, 1, trap.vector);
  static_cast<void>(kernel::run_guarded(&fault, nullptr, 0, trap, {begin + 16, begin + 32}));
  system.emit.test("outside", wire::Status::pass, 1, 1);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"outside_range", 2, 0, &run};
