// The sieve of Eratosthenes over a table of bytes.
// Argument: 6
#include "corpus.h"

enum { kSize = 100000 };
static uint8_t g_composite[kSize];

int guest_main(int argument) {
  uint32_t count = 0;
  for (int round = 0; round < argument; ++round) {
    memset(g_composite, 0, sizeof g_composite);
    count = 0;
    const uint32_t size = (uint32_t)opaque(kSize - round);
    for (uint32_t n = 2; n < size; ++n) {
      if (g_composite[n]) continue;
      ++count;
      for (uint32_t multiple = 2 * n; multiple < size; multiple += n) g_composite[multiple] = 1;
    }
    mix(count);
  }
  print_unsigned(count);
  print(" primes\n");
  return finish();
}
