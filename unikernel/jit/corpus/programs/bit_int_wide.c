// Integers of 33 and 48 bits: in memory, in arithmetic and between other widths.
#include "corpus.h"

typedef _BitInt(33) Int33;
typedef unsigned _BitInt(33) Uint33;
typedef _BitInt(48) Int48;
typedef unsigned _BitInt(48) Uint48;

struct Pair {
  Uint33 first;
  Int48 second;
};

static struct Pair g_pairs[3] = {
    {1, -1}, {0x1ffffffff, 0x7fffffffffff}, {0x100000000, -5000000000}};

int guest_main(int argument) {
  for (int i = 0; i < 60; ++i) {
    struct Pair* pair = &g_pairs[opaque(i) % 3];
    Uint33 a = pair->first;
    Uint48 b = (Uint48)pair->second;
    a = a * (Uint33)5 + (Uint33)i;
    b = b * (Uint48)1000003 + (Uint48)argument;
    mix64((uint64_t)a);
    mix64((uint64_t)(int64_t)(Int33)a);
    mix64((uint64_t)(int64_t)(Int48)b);
    mix64((uint64_t)(a << (i % 33)));
    mix64((uint64_t)(int64_t)((Int48)b >> (i % 48)));
    mix64((uint64_t)(b / (Uint48)(i + 3)));
    mix64((uint64_t)(int64_t)((Int33)a % (Int33)(i + 7)));
    mix((uint32_t)((Int33)a < (Int33)0) | (uint32_t)(b > (Uint48)0x7fffffffffff) << 1);
    mix_double((double)(Int48)b);
    pair->first = a;
    pair->second = (Int48)b;
  }
  return finish();
}
