// Rotations and funnel shifts of all widths, by variable amounts and by idiom.
#include "corpus.h"

static uint32_t left(uint32_t value, uint32_t by) {
  return value << (by & 31) | value >> (-by & 31);
}
static uint64_t right(uint64_t value, uint32_t by) {
  return value >> (by & 63) | value << (-by & 63);
}
static uint32_t funnel(uint32_t high, uint32_t low, uint32_t by) {
  return by == 0 ? high : high << by | low >> (32 - by);
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)argument * 77;
  for (uint32_t by = 0; by < 70; ++by) {
    const uint32_t a = next_random(&state) * 0x01010101u, b = next_random(&state);
    const uint32_t amount = (uint32_t)opaque((int)by);
    mix(__builtin_rotateleft8((uint8_t)a, (uint8_t)amount));
    mix(__builtin_rotateright16((uint16_t)a, (uint16_t)amount));
    mix(__builtin_rotateleft32(a, amount));
    mix64(__builtin_rotateright64((uint64_t)a << 32 | b, amount));
    mix(left(a, amount));
    mix64(right((uint64_t)b << 32 | a, amount));
    mix(funnel(a, b, amount & 31));
    mix(left(a, 13) ^ left(b, 19));
  }
  return finish();
}
