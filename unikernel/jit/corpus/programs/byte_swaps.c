// Bytes and bits turned around: bswap, bitreverse, and loops that mean the same.
#include "corpus.h"

static uint32_t swap_by_shifts(uint32_t v) {
  return v >> 24 | (v >> 8 & 0xff00u) | (v << 8 & 0xff0000u) | v << 24;
}
static uint8_t reverse_by_loop(uint8_t v) {
  uint8_t result = 0;
  for (int i = 0; i < 8; ++i) result = (uint8_t)(result | (v >> i & 1) << (7 - i));
  return result;
}

int guest_main(int argument) {
  uint64_t value = 0x0123456789abcdefu + (uint32_t)argument;
  for (int i = 0; i < 60; ++i) {
    value = (uint64_t)opaque64((int64_t)(value * 0x5851f42d4c957f2du + 1));
    const uint32_t narrow = (uint32_t)(value >> 32);
    mix(__builtin_bswap16((uint16_t)narrow));
    mix(__builtin_bswap32(narrow));
    mix64(__builtin_bswap64(value));
    mix(__builtin_bitreverse8((uint8_t)narrow));
    mix(__builtin_bitreverse16((uint16_t)narrow));
    mix(__builtin_bitreverse32(narrow));
    mix64(__builtin_bitreverse64(value));
    mix((uint32_t)(swap_by_shifts(narrow) == __builtin_bswap32(narrow)));
    mix((uint32_t)(reverse_by_loop((uint8_t)narrow) == __builtin_bitreverse8((uint8_t)narrow)));
  }
  return finish();
}
