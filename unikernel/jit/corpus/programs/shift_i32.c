// Shifts of 32 bits by every amount, left, logical and arithmetic right, in place too.
#include "corpus.h"

static const uint32_t kValues[] = {0, 1, 0x80000000u, 0xffffffffu, 0x12345678u, 0x7fffffffu};

int guest_main(int argument) {
  for (size_t v = 0; v < COUNT(kValues); ++v) {
    const uint32_t value = (uint32_t)opaque((int)kValues[v]) ^ (uint32_t)(argument - 1);
    for (int by = 0; by < 32; ++by) {
      const int amount = opaque(by);
      mix(value << amount);
      mix(value >> amount);
      mix((uint32_t)((int32_t)value >> amount));
      uint32_t in_place = value;
      in_place <<= amount;
      in_place >>= amount;
      mix(in_place);
    }
    mix(value << 7);
    mix(value >> 31);
    mix((uint32_t)((int32_t)value >> 31));
  }
  return finish();
}
