// Both versions of each function, on the host: the same for every input, not only for the measured.
#include "functions.h"

#include <gtest/gtest.h>

#include <array>

namespace {

TEST(Optimized, FibonacciInlinedIsFibonacci) {
  for (uint32_t n = 0; n <= 24; ++n) EXPECT_EQ(fibonacci_inlined(n), fibonacci(n)) << n;
}

TEST(Optimized, SumUnrolledIsTheSum) {
  for (uint32_t n = 0; n <= 1000; ++n) EXPECT_EQ(sum_to_n_unrolled(n), sum_to_n(n)) << n;
}

TEST(Optimized, SieveOfOddNumbersCountsTheSamePrimes) {
  alignas(16) std::array<std::byte, 8192> memory;
  kernel::Heap heap(memory.data(), memory.size());
  for (uint32_t n = 0; n <= 2000; ++n) {
    EXPECT_EQ(count_primes_sieve(heap, n), count_primes(heap, n)) << n;
  }
  EXPECT_EQ(heap.used(), 0u);
}

TEST(Optimized, SieveWithoutMemoryIsZero) {
  alignas(16) std::array<std::byte, 64> memory;
  kernel::Heap heap(memory.data(), memory.size());
  EXPECT_EQ(count_primes_sieve(heap, 1000), 0u);
}

}  // namespace
