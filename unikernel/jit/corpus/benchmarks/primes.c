// Primes counted by trial division.
// Argument: 6000
#include "corpus.h"

static int is_prime(uint32_t n) {
  if (n % 2 == 0) return n == 2;
  for (uint32_t d = 3; d * d <= n; d += 2) {
    if (n % d == 0) return 0;
  }
  return n > 1;
}

int guest_main(int argument) {
  const uint32_t limit = (uint32_t)opaque(argument) * 10;
  uint32_t count = 0;
  for (uint32_t n = 0; n < limit; ++n) count += (uint32_t)is_prime(n);
  print_unsigned(count);
  print(" primes\n");
  mix(count);
  return finish();
}
