// Vectors below 128 bits and of 16-bit lanes: widened, narrowed, passed and returned.
#include "corpus.h"

typedef int16_t Short8 __attribute__((vector_size(16)));
typedef int16_t Short4 __attribute__((vector_size(8)));
typedef int32_t Int4 __attribute__((vector_size(16)));
typedef int32_t Int2 __attribute__((vector_size(8)));
typedef float Float2 __attribute__((vector_size(8)));

static Int4 widen(const Short4* v) { return __builtin_convertvector(*v, Int4); }
static void narrow(Int4 v, Short4* to) { *to = __builtin_convertvector(v, Short4); }

int guest_main(int argument) {
  Short4 four = {100, -200, 300, (int16_t)argument};
  Short8 eight = {1, 2, 3, 4, -5, -6, -7, -8};
  Float2 pair = {1.5f, opaque_float(-2.0f)};
  for (int i = 0; i < 30; ++i) {
    const Int4 wide = widen(&four) * (i + 3);
    narrow(wide + 7, &four);
    eight = eight * eight[opaque(i) & 7] + (int16_t)i;
    eight = (eight >> 1) ^ (eight < 0);
    const Int2 two = {wide[1], eight[2]};
    pair = pair * 0.5f + __builtin_convertvector(two % 1000, Float2);
    for (int j = 0; j < 4; ++j) mix((uint32_t)(wide[j] + four[j]));
    for (int j = 0; j < 8; ++j) mix((uint16_t)eight[j]);
    mix((uint32_t)(two[0] ^ two[1]));
    mix_float(pair[0]);
    mix_float(pair[1]);
  }
  return finish();
}
