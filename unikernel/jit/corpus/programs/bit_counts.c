// Leading and trailing zeros, populations, parity and first set bit, of 32 and 64 bits.
#include "corpus.h"

int guest_main(int argument) {
  uint64_t value = 1;
  for (int i = 0; i < 130; ++i) {
    value = value * 2862933555777941757u + (uint64_t)argument;
    const uint64_t wide = (uint64_t)opaque64((int64_t)(value >> (i & 63)));
    const uint32_t narrow = (uint32_t)wide;
    mix((uint32_t)__builtin_popcount(narrow));
    mix((uint32_t)__builtin_popcountll(wide));
    mix((uint32_t)__builtin_parity(narrow));
    mix((uint32_t)__builtin_parityll(wide));
    mix((uint32_t)__builtin_ffs((int)narrow));
    mix((uint32_t)__builtin_ffsll((int64_t)wide));
    if (narrow != 0) mix((uint32_t)(__builtin_clz(narrow) * 64 + __builtin_ctz(narrow)));
    if (wide != 0) mix((uint32_t)(__builtin_clzll(wide) * 64 + __builtin_ctzll(wide)));
    const uint16_t half = (uint16_t)narrow;
    mix((uint32_t)(half ? __builtin_clzs(half) * 16 + __builtin_ctzs(half) : 77));
    mix((uint32_t)__builtin_clzg(narrow, 99) + (uint32_t)__builtin_ctzg((uint8_t)narrow, 8));
    mix((uint32_t)__builtin_clrsb((int)narrow));
  }
  return finish();
}
