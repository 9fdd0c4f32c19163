// Calls with many arguments of mixed types, in registers nowhere and in order everywhere.
#include "corpus.h"

__attribute__((noinline)) static uint64_t gather(int8_t a, int64_t b, float c, uint16_t d, double e,
                                                 const char* f, int g, _Bool h, uint64_t i,
                                                 uint8_t j, float k, int l) {
  return (uint64_t)a + (uint64_t)b * 3 + (uint64_t)(int64_t)(c * 8) + d +
         (uint64_t)(int64_t)(e * 16) + (uint8_t)f[0] + (uint64_t)g * 7 + h + i * 11 + j +
         (uint64_t)(int64_t)k + (uint64_t)l;
}
typedef uint64_t (*Gather)(int8_t, int64_t, float, uint16_t, double, const char*, int, _Bool,
                           uint64_t, uint8_t, float, int);

struct Wide {
  int values[6];
};
__attribute__((noinline)) static int spread(struct Wide a, char b, struct Wide c, int64_t d) {
  for (int i = 0; i < 6; ++i) a.values[i] += c.values[5 - i] * b;
  return a.values[0] ^ a.values[5] ^ (int)(d >> 20);
}

int guest_main(int argument) {
  const Gather indirect = opaque(1) ? gather : 0;
  struct Wide wide = {{1, 2, 3, 4, 5, 6}};
  for (int i = 0; i < 20; ++i) {
    mix64(gather((int8_t)(i * 13), opaque64(-i), 0.5f, (uint16_t)(i * 5000), 1.25, "text",
                 opaque(i), i & 1, (uint64_t)i << 40, (uint8_t)~i, -3.0f, argument));
    mix64(indirect((int8_t)-i, (int64_t)i << 33, -1.5f, 7, opaque_double(i), "other", -i, !(i & 1),
                   9, 255, 2.0f, i));
    wide.values[i % 6] -= i;
    mix((uint32_t)spread(wide, (char)i, wide, (int64_t)i << 22));
  }
  return finish();
}
