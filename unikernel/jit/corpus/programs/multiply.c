// Products of all widths, the high half of 32 x 32, and 64-bit ones made of halves.
#include "corpus.h"

static uint64_t high_of_64(uint64_t a, uint64_t b) {
  const uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
  const uint64_t middle = a1 * b0 + (a0 * b0 >> 32);
  const uint64_t low = a0 * b1 + (uint32_t)middle;
  return a1 * b1 + (middle >> 32) + (low >> 32);
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < 200; ++i) {
    const uint32_t a = next_random(&state) * 2654435761u;
    const uint32_t b = next_random(&state) ^ a << 9;
    mix(a * b);
    mix64((uint64_t)a * b);
    mix64((uint64_t)((int64_t)(int32_t)a * (int32_t)b));
    const uint64_t wide = (uint64_t)a << 32 | b;
    mix64(wide * wide);
    mix64(wide * 10 + wide * 0xffffffffffffffffu);
    mix64(high_of_64(wide, wide ^ 0x5555555555555555u));
    mix((uint8_t)((uint8_t)a * (uint8_t)b));
    mix((uint16_t)((uint32_t)(uint16_t)a * (uint16_t)b));
  }
  return finish();
}
