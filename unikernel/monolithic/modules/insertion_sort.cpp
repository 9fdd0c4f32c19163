// Sorts n pseudo-random numbers; the result is the sum of place times number.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  constexpr uint32_t kMost = 128;
  uint32_t numbers[kMost];
  if (n > kMost) return 0;
  uint32_t random = 1;
  for (uint32_t i = 0; i < n; ++i) {
    random = random * 1103515245 + 12345;  // ISO C's example of rand()
    const uint32_t number = random >> 16;
    uint32_t at = i;
    for (; at > 0 && numbers[at - 1] > number; --at) numbers[at] = numbers[at - 1];
    numbers[at] = number;
  }
  uint32_t sum = 0;
  for (uint32_t i = 0; i < n; ++i) sum += i * numbers[i];
  return sum;
}
