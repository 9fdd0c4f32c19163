// How many steps the Collatz sequence of n takes to 1.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  uint32_t steps = 0;
  for (; n > 1; ++steps) n = n % 2 == 0 ? n / 2 : 3 * n + 1;
  return steps;
}
