// Nested loops of all kinds with break, continue and several exits.
#include "corpus.h"

int guest_main(int argument) {
  const int limit = opaque(40) + argument;
  uint32_t count = 0;
  for (int i = 1; i < limit; ++i) {
    for (int j = i; j < limit; ++j) {
      if ((i ^ j) & 8) continue;
      for (int k = j; k < limit + 20; ++k) {
        if (k * k > i * i + j * j) break;
        if (k * k == i * i + j * j) {
          mix((uint32_t)(i * 10000 + j * 100 + k));
          ++count;
        }
      }
    }
  }
  mix(count);
  int down = limit * 3;
  do {
    down -= down % 7 + 1;
    mix((uint32_t)down);
  } while (down > 10);
  while (1) {
    if (++down > 50) break;
    if (down % 3 == 0) continue;
    mix((uint32_t)down);
  }
  for (unsigned step = 1; step != 0; step *= 2) mix(step);
  for (int i = 0, j = 100; i < j; i += 3, j -= 2) mix((uint32_t)(i * j));
  return finish();
}
