// Saturating sums and differences, minima, maxima and absolute values, as builtins on scalars.
#include "corpus.h"

static const int64_t kValues[] = {
    0,   1,     -1,     100,   -100,      127,           -127,      -128,      200,
    255, 32767, -32768, 65535, INT32_MAX, INT32_MIN + 1, INT32_MIN, INT64_MAX, INT64_MIN + 1};

#define CHECK(type, a, b)                                 \
  do {                                                    \
    const type x = (type)(a), y = (type)(b);              \
    mix64((uint64_t)__builtin_elementwise_add_sat(x, y)); \
    mix64((uint64_t)__builtin_elementwise_sub_sat(x, y)); \
    mix64((uint64_t)__builtin_elementwise_min(x, y));     \
    mix64((uint64_t)__builtin_elementwise_max(x, y));     \
  } while (0)

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const int64_t a = opaque64(kValues[i]);
      const int64_t b = opaque64(kValues[j]) ^ (argument - 1);
      CHECK(int8_t, a, b);
      CHECK(uint8_t, a, b);
      CHECK(int16_t, a, b);
      CHECK(uint16_t, a, b);
      CHECK(int32_t, a, b);
      CHECK(uint32_t, a, b);
      CHECK(int64_t, a, b);
      CHECK(uint64_t, a, b);
    }
    const int32_t narrow = (int32_t)kValues[i];
    mix((uint32_t)__builtin_elementwise_abs(opaque(narrow == INT32_MIN ? 1 : narrow)));
    mix64((uint64_t)__builtin_elementwise_abs(opaque64(kValues[i])));
  }
  return finish();
}
