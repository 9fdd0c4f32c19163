// Misbehaves: was to profile ten calls of fibonacci, makes nine, and says nine.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/profile.h>
#include <kernel/system.h>

[[gnu::noinline]] static uint32_t fibonacci(uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static wire::Status run(kernel::System& system) {
  constexpr unsigned kCalls = 9;
  const int section = system.profiler.add("fibonacci");
  uint32_t result = 0;
  for (unsigned i = 0; i < kCalls; ++i) {
    const kernel::ProfileScope scope(system.profiler, section);
    result = fibonacci(launder_value(10u));
  }
  system.emit.test("fibonacci", wire::Status::pass, kCalls, result);
  system.emit.profile(system.profiler.stats(static_cast<unsigned>(section)));
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"wrong_calls", 1, 1, &run};
