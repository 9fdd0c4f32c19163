// Fibonacci's numbers by plain recursion: calls and returns.
// Argument: 27
#include "corpus.h"

static uint32_t fibonacci(uint32_t n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int guest_main(int argument) {
  mix(fibonacci((uint32_t)opaque(argument)));
  return finish();
}
