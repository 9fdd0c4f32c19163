// Lanes of 64 bits that are named by numbers nobody knows before, more of them at once than there
// are registers: each is read half by half, by an index that lasts for both.
#include "corpus.h"

typedef int64_t Long4 __attribute__((vector_size(32)));

static __attribute__((noinline)) uint32_t stir(uint32_t x) {
  mix(x);
  return x * 2654435761u + 1;
}

int guest_main(int argument) {
  Long4 seed = {0x123456789ABCDEF0, -0x7654321F0E1D2C3B, argument, 0x00FF00FF12345678};
  for (int i = 0; i < 25; ++i) {
    const Long4 lanes = seed * (2 * i + 3) + (seed >> 7);
    const int64_t a = lanes[opaque(i) & 3], b = lanes[opaque(i + 1) & 3];
    const int64_t c = lanes[opaque(i / 2) & 3], d = lanes[opaque(3 - i) & 3];
    const uint32_t noise = stir((uint32_t)i);
    seed ^= lanes;
    mix64((uint64_t)(a ^ b) + noise);
    mix64((uint64_t)(c - d));
    mix64((uint64_t)(a + 3 * c));
    mix64((uint64_t)(b ^ d));
  }
  return finish();
}
