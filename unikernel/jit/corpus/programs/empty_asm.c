// Assembly without instructions, as a barrier and as a value that the optimizer must not follow.
#include "corpus.h"

static int hide(int value) {
  __asm__ volatile("" : "+r"(value));
  return value;
}
static void barrier(void) { __asm__ volatile("" ::: "memory"); }

static int g_cell;

int guest_main(int argument) {
  for (int i = 0; i < 20; ++i) {
    g_cell = hide(i * argument);
    barrier();
    mix((uint32_t)(g_cell + hide(7)));
    g_cell += hide(3);
    barrier();
    mix((uint32_t)g_cell);
  }
  return finish();
}
