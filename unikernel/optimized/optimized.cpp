// The three demo functions, before and after they were optimized by hand (functions.h), each
// measured in the same way. `uniharness profile` tells what each costs, exactly; docs/PROFILING.md
// has the figures.
//
// What is compared is instructions. Fewer of them need not be faster on a processor that executes
// several at a time: under the host clock, use `uniharness ab`.
#include "functions.h"

#include <kernel/emit.h>
#include <kernel/profile.h>
#include <kernel/system.h>

namespace {

using kernel::Heap;

struct Section {
  const char* name;
  uint32_t input, iterations, expected;
  uint32_t (*work)(Heap& heap, uint32_t input);
};

constexpr Section kSections[] = {
    {"fibonacci", 10, 10, 55, [](Heap&, uint32_t n) { return fibonacci(n); }},
    {"fibonacci_inlined", 10, 10, 55, [](Heap&, uint32_t n) { return fibonacci_inlined(n); }},
    {"sum_to_n", 1000, 100, 500500, [](Heap&, uint32_t n) { return sum_to_n(n); }},
    {"sum_to_n_unrolled", 1000, 100, 500500,
     [](Heap&, uint32_t n) { return sum_to_n_unrolled(n); }},
    {"count_primes", 100, 5, 25, &count_primes},
    {"count_primes_sieve", 100, 5, 25, &count_primes_sieve},
};
constexpr uint32_t kSectionCount = sizeof kSections / sizeof kSections[0];

/// How often the section was right.
uint32_t measure(kernel::System& system, const Section& section, int id) {
  uint32_t right = 0;
  for (uint32_t i = 0; i < section.iterations; ++i) {
    const kernel::ProfileScope scope(system.profiler, id);
    right += section.work(system.heap, launder_value(section.input)) == section.expected;
  }
  return right;
}

wire::Status run(kernel::System& system) {
  bool passed = true;
  for (const Section& section : kSections) {
    const int id = system.profiler.add(section.name);
    const bool right = measure(system, section, id) == section.iterations;
    passed = passed && right;
    system.emit.test(section.name, right ? wire::Status::pass : wire::Status::fail,
                     section.iterations, section.expected);
    system.emit.profile(system.profiler.stats(static_cast<unsigned>(id)));
  }
  system.emit.metric("profiler.overhead", system.profiler.overhead(), wire::kCycles);
  return passed ? wire::Status::pass : wire::Status::fail;
}

}  // namespace

extern "C" const kernel::App kernel_app = {"optimized", kSectionCount, kSectionCount + 1, &run};
