// Tricks with bits: powers of two, averages, Morton codes, transposed bit matrices, gray, parity.
#include "corpus.h"

static uint32_t round_up(uint32_t v) {
  --v;
  v |= v >> 1, v |= v >> 2, v |= v >> 4, v |= v >> 8, v |= v >> 16;
  return v + 1;
}
static uint32_t spread(uint32_t v) {
  v = (v | v << 8) & 0x00ff00ffu;
  v = (v | v << 4) & 0x0f0f0f0fu;
  v = (v | v << 2) & 0x33333333u;
  return (v | v << 1) & 0x55555555u;
}
static uint64_t transpose8(uint64_t m) {
  uint64_t t = (m ^ m >> 7) & 0x00aa00aa00aa00aau;
  m ^= t ^ t << 7;
  t = (m ^ m >> 14) & 0x0000cccc0000ccccu;
  m ^= t ^ t << 14;
  t = (m ^ m >> 28) & 0x00000000f0f0f0f0u;
  return m ^ t ^ t << 28;
}
static int population(uint32_t v) {
  v -= v >> 1 & 0x55555555u;
  v = (v & 0x33333333u) + (v >> 2 & 0x33333333u);
  return (int)(((v + (v >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24);
}
static int has_zero_byte(uint32_t v) { return ((v - 0x01010101u) & ~v & 0x80808080u) != 0; }

int guest_main(int argument) {
  uint64_t state = (uint64_t)argument | 0x8000;
  for (int i = 0; i < 80; ++i) {
    state = state * 3935559000370003845u + 2691343689449507681u;
    const uint32_t a = (uint32_t)opaque((int)(state >> 33)), b = (uint32_t)state;
    mix(round_up(a >> 4));
    mix(spread(a & 0xffff) | spread(b & 0xffff) << 1);
    mix64(transpose8(state));
    if (transpose8(transpose8(state)) != state) guest_exit(1);
    if (population(a) != __builtin_popcount(a)) guest_exit(2);
    mix((uint32_t)(has_zero_byte(a & 0xff00ffffu) * 2 + has_zero_byte(a | 0x01010101u)));
    mix((a & b) + ((a ^ b) >> 1));
    mix(a & (0 - a));
    mix((uint32_t)((int32_t)a >> 31 ^ (int32_t)b));
    mix((a ^ b) & (0u - (uint32_t)(a < b)));
  }
  return finish();
}
