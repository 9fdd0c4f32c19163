// Never ends: each round takes the one way or the other, and only one of them is longer.
#include "corpus.h"
int guest_main(int argument) {
  uint32_t n = (uint32_t)opaque(argument);
  do {
    n = n * 1664525u + 1013904223u;
    if (n & 0x100000u) n = (n ^ n >> 7) * 5 + 3;
    __asm__ volatile("" : "+r"(n));
  } while (n + 1 != 0 || n != 0);
  return 0;
}
