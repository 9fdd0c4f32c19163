// Sums and differences of 64 bits with carries and borrows between the halves; negation, logic.
#include "corpus.h"

static const uint64_t kValues[] = {0,
                                   1,
                                   0xffffffffu,
                                   0x100000000u,
                                   0xffffffffffffffffu,
                                   0x8000000000000000u,
                                   0x7fffffffffffffffu,
                                   0x123456789abcdef0u};

int guest_main(int argument) {
  uint64_t sum = (uint64_t)argument;
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const uint64_t a = (uint64_t)opaque64((int64_t)kValues[i]);
      const uint64_t b = (uint64_t)opaque64((int64_t)kValues[j]);
      mix64(a + b);
      mix64(a - b);
      mix64(a & b);
      mix64(a | b);
      mix64(a ^ b);
      mix64(~a);
      mix64(0 - b);
      mix64(a + (uint32_t)b);
      mix64(a - (uint64_t)(int64_t)(int32_t)b);
      sum += a ^ (b >> 1);
      ++sum;
    }
  }
  mix64(sum);
  return finish();
}
