// Which clock the guest runs under.
#pragma once

#include <stdint.h>

namespace benchmark::internal {

/// The ticks that a loop of two instructions takes, and a constant.
inline uint32_t ticks_of_loop(uint32_t iterations) {
  uint32_t start, end;
  asm volatile(
      "rdtsc\n\t"
      "mov %%eax, %0\n"
      "1:\n\t"
      "dec %2\n\t"
      "jnz 1b\n\t"
      "rdtsc\n\t"
      "mov %%eax, %1"
      : "=&r"(start), "=&r"(end), "+r"(iterations)
      :
      : "eax", "edx", "cc");
  return end - start;
}

/// Whether one tick of the time stamp counter is one instruction. Nobody has to say so: of loops of
/// eight lengths, only a clock that counts instructions gives 2 for each iteration more, to the
/// tick, every time.
inline bool clock_counts_instructions() {
  constexpr uint32_t kShortest = 100, kStep = 37, kLengths = 8;
  const uint32_t shortest = ticks_of_loop(kShortest);
  for (uint32_t i = 1; i < kLengths; ++i) {
    if (ticks_of_loop(kShortest + i * kStep) - shortest != 2 * i * kStep) return false;
  }
  return true;
}

}  // namespace benchmark::internal
