// Shifts of 64 bits by variable amounts: below, at and above the half.
#include "corpus.h"

static const uint64_t kValues[] = {0,
                                   1,
                                   0x8000000000000000u,
                                   0xffffffffffffffffu,
                                   0x0123456789abcdefu,
                                   0x00000000ffffffffu,
                                   0xfedcba9800000000u};

int guest_main(int argument) {
  for (size_t v = 0; v < COUNT(kValues); ++v) {
    const uint64_t value = (uint64_t)opaque64((int64_t)kValues[v]) + (uint32_t)(argument - 1);
    for (int by = 0; by < 64; ++by) {
      const int amount = opaque(by);
      mix64(value << amount);
      mix64(value >> amount);
      mix64((uint64_t)((int64_t)value >> amount));
    }
    mix64(value << 32);
    mix64(value >> 32);
    mix64((uint64_t)((int64_t)value >> 32));
    mix64(value << 1 | value >> 63);
    mix64((uint64_t)((int64_t)value >> 63));
  }
  return finish();
}
