// Division and remainder of 64 bits, signed and unsigned.
#include "corpus.h"

static const int64_t kValues[] = {
    0,         1,         -1,          3,          -10,        INT32_MAX,     INT32_MIN,
    INT64_MAX, INT64_MIN, 0x100000000, 0xffffffff, 1000000007, -999999999999, 0x7fffffff00000000};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const int64_t a = opaque64(kValues[i]);
      const int64_t b = opaque64(kValues[j]);
      if (b == 0) continue;
      mix64((uint64_t)a / (uint64_t)b);
      mix64((uint64_t)a % (uint64_t)b);
      if (a == INT64_MIN && b == -1) continue;
      mix64((uint64_t)(a / b));
      mix64((uint64_t)(a % b));
    }
    const int64_t a = opaque64(kValues[i]);
    mix64((uint64_t)(a / 10));
    mix64((uint64_t)(a % 4096));
    mix64((uint64_t)a / 1000000000u);
  }
  mix64((uint64_t)(INT64_MIN / opaque64(argument)));
  return finish();
}
