// Division and remainder of 32 bits, signed and unsigned, with the corners that are defined.
#include "corpus.h"

static const int32_t kValues[] = {0, 1, -1, 2, -2, 7, -7, 10, INT32_MAX, INT32_MIN, 65536, -65537};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const int32_t a = opaque(kValues[i]);
      const int32_t b = opaque(kValues[j]);
      if (b == 0) continue;
      mix((uint32_t)a / (uint32_t)b);
      mix((uint32_t)a % (uint32_t)b);
      if (a == INT32_MIN && b == -1) continue;
      mix((uint32_t)(a / b));
      mix((uint32_t)(a % b));
    }
    const int32_t a = opaque(kValues[i]);
    mix((uint32_t)(a / 3) ^ (uint32_t)(a % 3));
    mix((uint32_t)(a / -5) ^ (uint32_t)(a % -5));
    mix((uint32_t)(a / 16) ^ (uint32_t)(a % 16));
    mix((uint32_t)a / 7 ^ (uint32_t)a % 1000);
  }
  mix((uint32_t)(INT32_MIN / opaque(argument)));
  mix((uint32_t)(INT32_MIN % opaque(argument + 2)));
  return finish();
}
