// Sums of integers with a condition, in one tight loop.
// Argument: 1000000
#include "corpus.h"

int guest_main(int argument) {
  const uint32_t count = (uint32_t)opaque(argument);
  uint32_t sum = 0, folded = 0;
  for (uint32_t i = 0; i < count; ++i) {
    sum += i * i ^ i >> 3;
    if (sum & 1) folded += sum;
  }
  mix(sum);
  mix(folded);
  return finish();
}
