// State that outlives calls: static locals, counters, generators, caches.
#include "corpus.h"

static uint32_t next(void) {
  static uint32_t state = 1;
  state = state * 69069 + 5;
  return state >> 16;
}
static const char* label(int value) {
  static char buffer[3][8];
  static int turn;
  char* const text = buffer[turn++ % 3];
  text[0] = (char)('A' + value % 26);
  text[1] = (char)('0' + value % 10);
  text[2] = 0;
  return text;
}
static uint64_t cached_fibonacci(int n) {
  static uint64_t cache[90];
  if (n < 2) return (uint64_t)n;
  if (cache[n] == 0) cache[n] = cached_fibonacci(n - 1) + cached_fibonacci(n - 2);
  return cache[n];
}

int guest_main(int argument) {
  for (int i = 0; i < 25; ++i) {
    const char* a = label((int)next());
    const char* b = label((int)next());
    const char* c = label(i + argument);
    mix((uint8_t)a[0] * 65536u + (uint8_t)b[1] * 256u + (uint8_t)c[0]);
    mix((uint32_t)(a == b) + (uint32_t)(b == c));
    mix64(cached_fibonacci(opaque(i * 3)));
  }
  return finish();
}
