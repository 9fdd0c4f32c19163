// Vectors of four floats: arithmetic, broadcasts, compares as masks, conversions, lanes by index.
#include "corpus.h"

typedef float Float4 __attribute__((vector_size(16)));
typedef int32_t Int4 __attribute__((vector_size(16)));

static void mix_float4(Float4 v) {
  for (int i = 0; i < 4; ++i) mix_float(v[i]);
}
static void mix_int4(Int4 v) {
  for (int i = 0; i < 4; ++i) mix((uint32_t)v[i]);
}
static Float4 polynomial(Float4 x) { return ((x * 0.5f - 1.25f) * x + 3.0f) * x; }

int guest_main(int argument) {
  Float4 a = {opaque_float(1.5f), -0.0f, 3.25f, (float)argument};
  Float4 sum = {0};
  for (int i = 0; i < 40; ++i) {
    const Float4 b = {(float)i, a[1] + 1, -a[0], 0.5f};
    sum += polynomial(b) / (a + 7.0f);
    const Int4 less = a < b;
    const Int4 equal = a == b;
    mix_int4(less | (equal & 2));
    mix_int4(~(a >= b) ^ (a != b));
    a = (Float4)(((Int4)a & less) | ((Int4)b & ~less));
    a[i & 3] = opaque_float((float)i * 0.75f);
    mix_int4(__builtin_convertvector(b * 100.0f, Int4));
    mix_float4(__builtin_convertvector(less * i, Float4));
    mix_float4(-a);
  }
  mix_float4(sum);
  return finish();
}
