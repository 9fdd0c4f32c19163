// Never ends: one way round, and a long one.
#include "corpus.h"
int guest_main(int argument) {
  uint32_t n = (uint32_t)opaque(argument);
#define STEP n = (n ^ n >> 7) * 1664525u + 3;
  for (;;) {
    STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP __asm__ volatile("" : "+r"(n));
  }
}
