// The sum of gcd(i, n) for i from 1 to n, by Euclid's algorithm.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  uint32_t sum = 0;
  for (uint32_t i = 1; i <= n; ++i) {
    uint32_t a = i, b = n;
    while (b != 0) {
      const uint32_t rest = a % b;
      a = b;
      b = rest;
    }
    sum += a;
  }
  return sum;
}
