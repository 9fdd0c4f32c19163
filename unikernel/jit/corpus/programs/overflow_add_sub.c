// Sums and differences with their overflow, of every width and sign.
#include "corpus.h"

#define CHECK(type, a, b)                                                 \
  do {                                                                    \
    type result;                                                          \
    mix((uint32_t)__builtin_add_overflow((type)(a), (type)(b), &result)); \
    mix64((uint64_t)result);                                              \
    mix((uint32_t)__builtin_sub_overflow((type)(a), (type)(b), &result)); \
    mix64((uint64_t)result);                                              \
  } while (0)

static const int64_t kValues[] = {0,         1,          -1,        127,      -128,
                                  255,       32767,      -32768,    65535,    INT32_MAX,
                                  INT32_MIN, 0xffffffff, INT64_MAX, INT64_MIN};

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
      CHECK(int64_t, a, b);
      CHECK(uint64_t, a, b);
    }
  }
  int mixed;
  mix((uint32_t)__builtin_add_overflow(opaque(INT32_MAX), (uint8_t)argument, &mixed));
  mix((uint32_t)mixed);
  return finish();
}
