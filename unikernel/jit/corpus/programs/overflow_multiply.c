// Products with their overflow, of every width and sign, and of mixed ones.
#include "corpus.h"

#define CHECK(type, a, b)                                                 \
  do {                                                                    \
    type result;                                                          \
    mix((uint32_t)__builtin_mul_overflow((type)(a), (type)(b), &result)); \
    mix64((uint64_t)result);                                              \
  } while (0)

static const int64_t kValues[] = {0,
                                  1,
                                  -1,
                                  2,
                                  15,
                                  16,
                                  -16,
                                  255,
                                  256,
                                  46341,
                                  65536,
                                  0x7fffffff,
                                  -0x80000000ll,
                                  0x100000000,
                                  3037000500,
                                  INT64_MAX};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const int64_t a = opaque64(kValues[i]);
      const int64_t b = opaque64(kValues[j]);
      CHECK(int8_t, a, b);
      CHECK(uint8_t, a, b);
      CHECK(int16_t, a, b);
      CHECK(uint16_t, a, b);
      CHECK(int32_t, a, b);
      CHECK(uint32_t, a, b);
      CHECK(uint64_t, a, b);
    }
  }
  uint32_t size;
  mix((uint32_t)__builtin_mul_overflow((uint32_t)argument, (uint32_t)opaque(-1), &size));
  mix(size);
  return finish();
}
