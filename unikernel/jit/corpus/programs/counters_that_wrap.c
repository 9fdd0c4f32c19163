// Loops that go back in two places, one of which does not ask how far the counter is: it wraps.
#include "corpus.h"

__attribute__((noinline)) static unsigned goes_on(int rounds) {
  static void* const to[] = {&&top, &&out};
  unsigned i = 0, sum = 0;
top:;
  const unsigned k = i;
  i += 0x10000000u;
  sum = sum * 31 + 1;
  if (k < 0x20000000u) goto top;
  sum ^= k >> 28;
  goto* to[--rounds == 0];
out:
  return sum;
}

__attribute__((noinline)) static int goes_on_below(int rounds) {
  static void* const to[] = {&&top, &&out};
  unsigned i = 0x70000000u;
  int sum = 0;
top:;
  const int k = (int)i;
  i += 0x08000000u;
  sum = sum * 5 + 3;
  if (k < 0x78000000) goto top;
  sum ^= k >> 24;
  goto* to[--rounds == 0];
out:
  return sum;
}

// And some that end before they would.
__attribute__((noinline)) static unsigned stops(unsigned char limit) {
  unsigned sum = 0;
  for (unsigned char i = 0; i < limit; i += 3) {
    sum = sum * 7 + i;
    if (i > 250) break;
  }
  for (unsigned i = 0xfffffff0u; i != 5; ++i) sum += i ^ limit;
  for (int i = -7; i < 99; i += 2) sum = sum * 3 + (unsigned)i;
  return sum;
}

int guest_main(int argument) {
  mix(goes_on(opaque(40 + argument)));
  mix((uint32_t)goes_on_below(opaque(30)));
  mix(stops((unsigned char)opaque(255)));
  mix(stops((unsigned char)opaque(200)));
  return finish();
}
