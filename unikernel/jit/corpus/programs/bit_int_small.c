// Integers of 7 and 24 bits: they wrap, extend and compare at their own width.
#include "corpus.h"

typedef _BitInt(7) Int7;
typedef unsigned _BitInt(7) Uint7;
typedef _BitInt(24) Int24;
typedef unsigned _BitInt(24) Uint24;

static Uint24 g_table[4] = {1, 0xffffff, 0x800000, 0x123456};

int guest_main(int argument) {
  for (int i = 0; i < 200; i += 3) {
    const Uint7 a = (Uint7)opaque(i);
    const Int7 b = (Int7)opaque(i * 5 + argument);
    mix((uint32_t)(Uint7)(a + (Uint7)90));
    mix((uint32_t)(Uint7)(a * a));
    mix((uint32_t)(int)b);
    mix((uint32_t)(a >> (i & 3)));
    mix((uint32_t)(int)(b >> (i & 3)));
    mix((uint32_t)(b < (Int7)10));
    if (a != 0) mix((uint32_t)(int)((Uint7)99 / a));
    const Uint24 c = g_table[i & 3] * (Uint24)(i + 1);
    const Int24 d = (Int24)(c ^ (Uint24)0x5a5a5a);
    g_table[i & 3] = c + (Uint24)7;
    mix((uint32_t)c);
    mix((uint32_t)(int)d);
    mix((uint32_t)(int)(d / (Int24)17));
    mix((uint32_t)(int)(d % (Int24)1001));
    mix_double((double)d);
  }
  return finish();
}
