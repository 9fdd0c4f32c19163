// Refused: llvm.eh.sjlj.setjmp, of __builtin_setjmp, which returns twice.
#include "corpus.h"

static void* g_buffer[5];

__attribute__((noinline)) static void leave(void) { __builtin_longjmp(g_buffer, 1); }

int guest_main(int argument) {
  if (__builtin_setjmp(g_buffer)) return argument;
  leave();
  return 0;
}
