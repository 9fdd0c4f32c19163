// Functions that run before the program, in the order of their priorities.
#include "corpus.h"

static char g_trace[8];
static int g_length;

__attribute__((constructor(300))) static void third(void) { g_trace[g_length++] = 'c'; }
__attribute__((constructor(200))) static void second(void) { g_trace[g_length++] = 'b'; }
__attribute__((constructor)) static void last(void) { g_trace[g_length++] = 'd'; }
__attribute__((constructor(101))) static void first(void) {
  g_trace[g_length++] = 'a';
  mix(77);
}

int guest_main(int argument) {
  print(g_trace);
  print("\n");
  mix((uint32_t)(g_length * opaque(argument)));
  mix_bytes(g_trace, sizeof g_trace);
  return finish();
}
