// Never ends: a loop round one that does.
#include "corpus.h"
int guest_main(int argument) {
  uint32_t n = (uint32_t)opaque(argument);
  for (;;) {
    const uint32_t most = n & 7;
    for (uint32_t i = 0; i < most; ++i) n = n * 5 + i;
    __asm__ volatile("" : "+r"(n));
    n = n * 9 + 7;
  }
}
