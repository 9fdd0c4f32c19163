// 3 to the power of n, modulo 1,000,000,007: 64-bit products and remainders.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  constexpr uint64_t kModulus = 1000000007;
  uint64_t power = 1, square = 3;
  for (; n != 0; n >>= 1) {
    if (n & 1) power = power * square % kModulus;
    square = square * square % kModulus;
  }
  return static_cast<uint32_t>(power);
}
