// The three demo functions of tinyllama, and each again as a person would make it faster by hand.
// Both compute the same; optimized_test.cpp compares them on the host.
#pragma once

#include <stdint.h>

#include <kernel/cpu.h>
#include <kernel/heap.h>

#include "../demo/workloads.h"

// ---- by hand ----------------------------------------------------------------------------------

/// Three levels of the recursion in one, put together: F(n) = 3 F(n-3) + 2 F(n-4). fibonacci(10) is
/// 177 activations, this 9.
[[gnu::noinline, clang::disable_tail_calls]] inline uint32_t fibonacci_inlined(uint32_t n) {
  if (n < 2) return n;
  if (n < 4) return n - 1;
  return 3 * fibonacci_inlined(n - 3) + 2 * fibonacci_inlined(n - 4);
}

/// Eight additions a turn, each as opaque to the compiler as the one of the plain loop.
[[gnu::noinline]] inline uint32_t sum_to_n_unrolled(uint32_t n) {
  uint32_t sum = 0, i = 1;
  for (; i + 7 <= n; i += 8) {
    sum = launder_value(sum + i);
    sum = launder_value(sum + i + 1);
    sum = launder_value(sum + i + 2);
    sum = launder_value(sum + i + 3);
    sum = launder_value(sum + i + 4);
    sum = launder_value(sum + i + 5);
    sum = launder_value(sum + i + 6);
    sum = launder_value(sum + i + 7);
  }
  for (; i <= n; ++i) sum = launder_value(sum + i);
  return sum;
}

/// One byte an odd number, 2 taken for granted; multiples are struck out by primes up to the root
/// only, and cleared four bytes at a time.
[[gnu::noinline]] inline uint32_t count_primes_sieve(kernel::Heap& heap, uint32_t n) {
  if (n < 2) return 0;
  const uint32_t odds = (n - 1) / 2;  // 3, 5, 7, ...
  const uint32_t words = odds / 4 + 1;
  auto* memory = static_cast<uint32_t*>(heap.allocate(words * 4));
  if (!memory) return 0;
  for (uint32_t i = 0; i < words; ++i) memory[i] = launder_value(0u);  // no call of memset
  auto* composite = reinterpret_cast<uint8_t*>(memory);
  uint32_t struck = 0;
  for (uint32_t i = 0, prime = 3; prime * prime <= n; ++i, prime += 2) {
    if (composite[i]) continue;
    for (uint32_t m = (prime * prime - 3) / 2; m < odds; m += prime) {
      struck += 1u - composite[m];
      composite[m] = 1;
    }
  }
  heap.free(memory);
  return 1 + odds - struck;
}
