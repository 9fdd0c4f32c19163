// Shuffles of all kinds: splats, reverses, blends, concatenations, halves, transposes.
#include "corpus.h"

typedef float Float4 __attribute__((vector_size(16)));
typedef int32_t Int4 __attribute__((vector_size(16)));
typedef int32_t Int2 __attribute__((vector_size(8)));

static void mix4(Int4 v) {
  for (int i = 0; i < 4; ++i) mix((uint32_t)v[i]);
}
static void transpose(Float4 rows[4]) {
  const Float4 a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
  const Float4 b = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
  const Float4 c = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
  const Float4 d = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

int guest_main(int argument) {
  Int4 a = {1, 2, 3, opaque(4)}, b = {opaque(argument), 60, 70, 80};
  for (int i = 0; i < 20; ++i) {
    mix4(__builtin_shufflevector(a, a, 0, 0, 0, 0));
    mix4(__builtin_shufflevector(a, b, 3, 2, 1, 0));
    mix4(__builtin_shufflevector(a, b, 0, 5, 2, 7));
    mix4(__builtin_shufflevector(a, b, 7, 3, 6, 2));
    const Int2 low = __builtin_shufflevector(a, b, 1, 4);
    const Int2 high = __builtin_shufflevector(b, b, 3, 2);
    mix4(__builtin_shufflevector(low, high, 3, 0, 2, 1));
    a += __builtin_shufflevector(b, a, 1, 2, 3, 4);
    b ^= __builtin_shufflevector(a, b, 4, 0, 6, 2) << 1;
  }
  Float4 rows[4];
  for (int r = 0; r < 4; ++r)
    rows[r] = (Float4){(float)r, r + 0.25f, r * 2.0f, opaque_float((float)-r)};
  transpose(rows);
  for (int i = 0; i < 16; ++i) mix_float(rows[i / 4][i % 4]);
  return finish();
}
