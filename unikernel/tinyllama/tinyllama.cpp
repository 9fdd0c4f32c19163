// TinyLlama Unikernel v0.1: the demo with its workloads a call away.
#include <stdint.h>

#include <kernel/cpu.h>
#include <kernel/system.h>

#include "../demo/demo.h"

namespace {

/// Variants of this guest (unikernel/CMakeLists.txt) have one instruction more in one of the tests,
/// or take PLANT_PERMILLE thousandths more time in one: a gate that does not find it is no gate.
enum class Plant { none, fibonacci, sum_to_n, count_primes, slower };
#ifndef PLANT
#define PLANT none
#endif
#ifndef PLANT_PERMILLE
#define PLANT_PERMILLE 0
#endif
constexpr Plant planted() { return Plant::PLANT; }
inline void plant(Plant where) {
  if (where == planted()) asm volatile("nop");
}

}  // namespace

#define FAULT_POINT(workload) plant(Plant::workload)
#include "../demo/workloads.h"

namespace {

/// Waits for so many thousandths of the time since `start`. 0 waits for nothing and takes the same
/// code, so that two such guests differ in nothing else, not in the place of an instruction.
inline void dawdle(uint64_t start, uint32_t permille) {
  const uint64_t spent = x86::read_tsc_ordered() - start;
  const uint64_t end = start + spent + spent * permille / 1000;
  while (x86::read_tsc_ordered() < end) {
  }
}

uint32_t timed_sum_to_n(uint32_t n) {
  const uint64_t start = planted() == Plant::slower ? x86::read_tsc_ordered() : 0;
  const uint32_t sum = sum_to_n(n);
  if (planted() == Plant::slower) dawdle(start, launder_value(uint32_t{PLANT_PERMILLE}));
  return sum;
}

constexpr demo::Demo kDemo = {
    .banner = "TinyLlama Unikernel v0.1",
    .sections = {{"fibonacci", 10, 10, 55,
                  [](kernel::Heap&, uint32_t n) {
                    plant(Plant::fibonacci);  // here: once, not in each of its 177 activations
                    return fibonacci(n);
                  }},
                 {"sum_to_n", 1000, 100, 500500,
                  [](kernel::Heap&, uint32_t n) { return timed_sum_to_n(n); }},
                 {"count_primes", 100, 5, 25, &count_primes}}};

wire::Status run(kernel::System& system) { return demo::run(system, kDemo); }

}  // namespace

extern "C" const kernel::App kernel_app = {"tinyllama", demo::kSections, demo::kMetrics, &run};
