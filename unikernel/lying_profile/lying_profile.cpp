// Misbehaves: its profile is plausible to the last number, and not true. It makes nine calls of
// fibonacci and says ten; it halves what sum_to_n cost; of count_bits it says the truth. Only who
// counts for himself can tell: `uniharness profile` must.
#include <kernel/cpu.h>
#include <kernel/emit.h>
#include <kernel/profile.h>
#include <kernel/system.h>

namespace {

[[gnu::noinline, clang::disable_tail_calls]] uint32_t fibonacci(uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

[[gnu::noinline]] uint32_t sum_to_n(uint32_t n) {
  uint32_t sum = 0;
  for (uint32_t i = 1; i <= n; ++i) sum = launder_value(sum + i);
  return sum;
}

[[gnu::noinline]] uint32_t count_bits(uint32_t n) {
  uint32_t bits = 0;
  for (; n != 0; n = launder_value(n >> 1)) bits += n & 1;
  return bits;
}

kernel::ProfileStats measured(kernel::System& system, const char* name, uint32_t (*work)(uint32_t),
                              uint32_t input, unsigned calls) {
  const int section = system.profiler.add(name);
  for (unsigned i = 0; i < calls; ++i) {
    const kernel::ProfileScope scope(system.profiler, section);
    launder_value(work(launder_value(input)));
  }
  return system.profiler.stats(static_cast<unsigned>(section));
}

wire::Status run(kernel::System& system) {
  kernel::ProfileStats fibonacci_stats = measured(system, "fibonacci", fibonacci, 10, 9);
  fibonacci_stats.total += fibonacci_stats.avg();
  fibonacci_stats.self = fibonacci_stats.total;
  fibonacci_stats.calls = 10;
  kernel::ProfileStats sum_stats = measured(system, "sum_to_n", sum_to_n, 1000, 100);
  sum_stats.total /= 2;
  sum_stats.self /= 2;
  sum_stats.min /= 2;
  sum_stats.max /= 2;
  sum_stats.first /= 2;
  system.emit.profile(fibonacci_stats);
  system.emit.profile(sum_stats);
  system.emit.profile(measured(system, "count_bits", count_bits, 0x12345678, 20));
  system.emit.metric("profiler.overhead", system.profiler.overhead(), wire::kCycles);
  return wire::Status::pass;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"lying_profile", 0, 4, &run};
