// Truth values: short circuits with effects, in memory, in arithmetic, as bits and conditions.
#include "corpus.h"

static uint32_t g_trace;
static _Bool g_flags[8];

static _Bool note(int id, _Bool result) {
  g_trace = g_trace * 3 + (uint32_t)id;
  return result;
}
static _Bool majority(_Bool a, _Bool b, _Bool c) { return (a && b) || (b && c) || (a && c); }

int guest_main(int argument) {
  for (int bits = 0; bits < 16; ++bits) {
    const int hidden = opaque(bits);
    const _Bool a = hidden & 1, b = hidden & 2, c = hidden & 4, d = hidden & 8;
    if ((note(1, a) && note(2, b)) || (note(3, c) && !note(4, d))) g_trace ^= 0x1000;
    mix(g_trace);
    g_flags[hidden & 7] = majority(a, b, d) ^ c;
    g_flags[0] |= a;
    g_flags[1] &= b | g_flags[2];
    mix((uint32_t)(a + b * 2 + (a == b) + !c + (a < d)));
    mix(note(5, a) ? note(6, b) : note(7, c));
    const int chosen = a ? b ? 10 : 20 : c ? 30 : argument;
    mix((uint32_t)chosen);
  }
  for (int i = 0; i < 8; ++i) mix(g_flags[i]);
  mix((_Bool)opaque_double(0.1) + (_Bool)opaque_double(0.0) + (_Bool)opaque(256) + (_Bool)&g_trace);
  return finish();
}
