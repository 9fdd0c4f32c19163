// The three pieces of real work that the demo guests measure: called directly in the unikernel, in
// ring 3 in the monolithic kernel, and beside versions optimized by hand.
//
// What each number must at least cost, in instructions, whatever the compiler does; a measurement
// below means that the work was not done. scenarios/session20.yaml asks for these under the
// counted clock, where one tick is one instruction.
//
//   fibonacci(10)      177 activations, each at least a compare, a branch, a result and a
//                      return: 177 * 4 = 708                         section, 10 times:   7,080
//   sum_to_n(1000)     1000 rounds, each at least an addition and a branch that counts:
//                      1000 * 2 = 2,000                              section, 100 times: 200,000
//   count_primes(100)  104 multiples struck out, each at least a store, a step and a branch, and
//                      99 numbers looked at, each at least a compare and a branch:
//                      104 * 3 + 99 * 2 = 510                        section, 5 times:     2,550
//
// static: a compiler passes arguments in registers where it knows every caller.
#pragma once

#include <stdint.h>

#include <kernel/cpu.h>
#include <kernel/heap.h>

/// Where a guest may plant a fault, once in a call: nothing, unless it defines this first.
#ifndef FAULT_POINT
#define FAULT_POINT(workload) static_cast<void>(0)
#endif

/// disable_tail_calls: clang would turn the second of the two calls into a loop, and the 177
/// activations into 88.
[[gnu::noinline, clang::disable_tail_calls]] static inline uint32_t fibonacci(uint32_t n) {
  if (n < 2) return n;
  return fibonacci(n - 1) + fibonacci(n - 2);
}

[[gnu::noinline]] static inline uint32_t sum_to_n(uint32_t n) {
  FAULT_POINT(sum_to_n);
  uint32_t sum = 0;
  // Without launder_value clang sees through the loop and computes n * (n + 1) / 2 instead.
  for (uint32_t i = 1; i <= n; ++i) sum = launder_value(sum + i);
  return sum;
}

/// Sieve of Eratosthenes, primes up to and including n; 0 when the heap has no room for it.
[[gnu::noinline]] static inline uint32_t count_primes(kernel::Heap& heap, uint32_t n) {
  FAULT_POINT(count_primes);
  auto* composite = static_cast<uint8_t*>(heap.allocate(n + 1));
  if (!composite) return 0;
  for (uint32_t i = 0; i <= n; ++i) composite[i] = 0;
  uint32_t primes = 0;
  for (uint32_t candidate = 2; candidate <= n; ++candidate) {
    if (composite[candidate]) continue;
    ++primes;
    for (uint32_t m = candidate * candidate; m <= n; m += candidate) composite[m] = 1;
  }
  heap.free(composite);
  return primes;
}
