// Comparisons of 64 bits, where one half alone would decide wrongly.
#include "corpus.h"

static const int64_t kValues[] = {
    0,         1,         -1,         0x100000000, 0xffffffff,   -0x100000000,
    INT64_MAX, INT64_MIN, 0x80000000, 0x17fffffff, -0x80000000ll};

int guest_main(int argument) {
  uint32_t taken = 0;
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const int64_t a = opaque64(kValues[i] + (argument - 1));
      const int64_t b = opaque64(kValues[j]);
      const uint64_t c = (uint64_t)a, d = (uint64_t)b;
      mix((uint32_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 |
                     (a != b) << 5 | (c < d) << 6 | (c <= d) << 7 | (c > d) << 8 | (c >= d) << 9));
      if (a < b) taken += 1;
      if (c > d) taken += 1000;
      mix64((uint64_t)(a < b ? a : b));
      mix64(c > d ? c : d);
      if (!a) taken += 1000000;
    }
  }
  mix(taken);
  return finish();
}
