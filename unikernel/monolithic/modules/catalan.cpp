// The n-th Catalan number, by its recurrence.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  constexpr uint32_t kMost = 19;  // the last below 2^32
  uint32_t numbers[kMost + 1] = {1};
  if (n > kMost) return 0;
  for (uint32_t i = 1; i <= n; ++i) {
    numbers[i] = 0;
    for (uint32_t k = 0; k < i; ++k) numbers[i] += numbers[k] * numbers[i - 1 - k];
  }
  return numbers[n];
}
