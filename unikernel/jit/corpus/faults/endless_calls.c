// Never ends: a loop that is nothing but calls, of a function without a loop.
#include "corpus.h"
static uint32_t sum;
__attribute__((noinline)) static void step(uint32_t by) {
  sum += by;
  __asm__ volatile("" : : : "memory");
}
int guest_main(int argument) {
  for (;;) step((uint32_t)argument);
}
