// Integers of 65 to 128 bits: every operation at several widths, with values at
// the edges, from and to narrower ones, compared both ways, passed, returned,
// chosen; and what bit-fields make of them.
#include "corpus.h"

typedef unsigned _BitInt(65) u65;
typedef unsigned _BitInt(96) u96;
typedef unsigned _BitInt(128) u128;
typedef _BitInt(71) s71;
typedef _BitInt(128) s128;

static void mix_wide(u128 value) {
  mix64((uint64_t)value);
  mix64((uint64_t)(value >> 64));
}

static u128 made_of(uint64_t high, uint64_t low) {
  return (u128)(uint64_t)opaque64((int64_t)high) << 64 | (uint64_t)opaque64((int64_t)low);
}

#define ARITHMETIC(name, type)                                                              \
  __attribute__((noinline)) static void name(type a, type b, unsigned by) {                 \
    mix_wide((u128)(type)(a + b));                                                          \
    mix_wide((u128)(type)(a - b));                                                          \
    mix_wide((u128)(type)(a * b));                                                          \
    mix_wide((u128)(type)(a & b));                                                          \
    mix_wide((u128)(type)(a | ~b));                                                         \
    mix_wide((u128)(type)(a ^ b));                                                          \
    mix_wide((u128)(type)(a << by));                                                        \
    mix_wide((u128)(type)(a >> by));                                                        \
    mix((uint32_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | \
                   (a != b) << 5 | !a << 6));                                               \
    mix_wide((u128)(by & 1 ? a : b));                                                       \
  }
ARITHMETIC(of_65, u65)
ARITHMETIC(of_96, u96)
ARITHMETIC(of_128, u128)

// What is signed does not overflow: half of it is added.
__attribute__((noinline)) static void of_signed(s128 a, s128 b, unsigned by) {
  mix_wide((u128)((a >> 1) + (b >> 1)));
  mix_wide((u128)((a >> 1) - (b >> 1)));
  mix_wide((u128)(a >> by));
  mix((uint32_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3));
  const s71 narrow = (s71)a;
  mix_wide((u128)(s128)narrow);
  mix_wide((u128)(s128)(narrow >> by % 71));
  mix((uint32_t)(narrow < (s71)b));
}

__attribute__((noinline)) static void conversions(u128 a) {
  mix((uint8_t)a);
  mix((uint32_t)(a >> 3));
  mix64((uint64_t)(a >> 33));
  mix((uint32_t)(a >> 100 != 0));
  mix_wide((u128)(s128)(int8_t)a);
  mix_wide((u128)(s128)(int64_t)a);
  mix_wide((u128)(u96)a);
  mix_wide((u128)(u65)(uint32_t)a);
  mix((uint32_t)(a & 1 ? 5 : 6));
}

struct Fields {
  uint64_t a : 61;
  uint64_t b : 40;
  int64_t c : 23;
  uint32_t d : 1;
};
static struct Fields fields;
static struct {
  u96 first;
  u65 second[2];
} stored = {(u96)1 << 95 | 3, {((u65)1 << 64) + 7, 9}};

__attribute__((noinline)) static u96 stepped(u96 value, u65 by) {
  stored.first += value;
  stored.second[1] = stored.second[0] ^ by;
  return stored.first * 3 + stored.second[1];
}

// Constants whose upper words are all 0 or all 1, about where a word begins.
__attribute__((noinline)) static void with_constants(u96 x) {
  mix_wide((u128)(u96)(x + 0x7fffffffffffffffull));
  mix_wide((u128)(u96)(x + 0x8000000000000000ull));
  mix_wide((u128)(u96)(x + 0xffffffffffffffffull));
  mix_wide((u128)(u96)(x * 0x8000000000000001ull));
  mix_wide((u128)(u96)(x - 0x8000000000000001ull));
  mix_wide((u128)(u96)(x ^ ~(u96)0xffffffffu));
}

int guest_main(int argument) {
  const u128 values[] = {0,
                         1,
                         (u128)-1,
                         made_of(1, 0),
                         made_of(0x8000000000000000u, 0),
                         made_of(0, ~0ull),
                         made_of(0x123456789abcdef0u, 0xfedcba9876543210u),
                         made_of(1, 1)};
  const unsigned shifts[] = {0, 1, 31, 32, 33, 63, 64};
  for (size_t i = 0; i < COUNT(values); ++i) {
    conversions(values[i]);
    with_constants((u96)values[i]);
    for (size_t k = 0; k < COUNT(values); ++k) {
      const unsigned by = shifts[(i * 3 + k) % COUNT(shifts)];
      of_65((u65)values[i], (u65)values[k], by);
      of_96((u96)values[i], (u96)values[k], by + 31);
      of_128(values[i], values[k], by + 63);
      of_signed((s128)values[i], (s128)values[k], by);
    }
  }
  for (int i = 0; i < 5; ++i) {
    fields.a = fields.a * 5 + (unsigned)argument;
    fields.b += fields.a >> 7;
    fields.c = fields.c * -3 + i;
    fields.d ^= 1;
    mix64(fields.a + fields.b);
    mix((uint32_t)fields.c + fields.d);
    mix_wide((u128)stepped((u96)fields.b << 50, (u65)fields.a));
  }
  return finish();
}
