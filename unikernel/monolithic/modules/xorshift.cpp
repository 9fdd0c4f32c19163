// The n-th number of Marsaglia's xorshift generator (Xorshift RNGs, 2003), from his seed.
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  uint32_t x = 2463534242;
  for (; n != 0; --n) {
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
  }
  return x;
}
