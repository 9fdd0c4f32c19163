// Extensions and truncations between all widths.
#include "corpus.h"

int guest_main(int argument) {
  uint64_t seed = 0x0123456789abcdefu + (uint32_t)argument;
  for (int i = 0; i < 64; ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const int64_t value = opaque64((int64_t)seed);
    mix64((uint64_t)(int64_t)(int8_t)value);
    mix64((uint64_t)(int64_t)(int16_t)value);
    mix64((uint64_t)(int64_t)(int32_t)value);
    mix64((uint8_t)value);
    mix64((uint16_t)value);
    mix64((uint32_t)value);
    mix((uint32_t)(int32_t)(int8_t)(value >> 8));
    mix((uint32_t)(int16_t)(int8_t)(value >> 24));
    mix((uint16_t)(int8_t)(value >> 40));
    const _Bool truth = value & 1;
    mix64((uint64_t)truth);
    mix((uint32_t)-(int)truth);
    mix((_Bool)(value & 0xff00));
  }
  return finish();
}
