// Vectors of 128 bits and less: arithmetic, comparison, selection, shuffles, single elements.
#include <emmintrin.h>
typedef int Ints __attribute__((vector_size(16)));
typedef float Floats __attribute__((vector_size(16)));
typedef unsigned char Bytes __attribute__((vector_size(16)));
typedef short Shorts __attribute__((vector_size(16)));
typedef short Half __attribute__((vector_size(8)));
typedef double Doubles __attribute__((vector_size(16)));
Ints arithmetic(Ints a, Ints b) { return (a + b) * (a - b) ^ (a << 3) ^ (b >> (a & 7)); }
Floats floats(Floats a, Floats b) { return -a * b + a / b; }
Doubles doubles(Doubles a, Doubles b) { return a * b - a; }
Ints compare(Ints a, Ints b, Floats c, Floats d) { return (a < b) & (Ints)(c >= d); }
Ints choose(Ints a, Ints b) { return a > b ? a : b; }
Bytes reverse(Bytes a, Bytes b) {
  return __builtin_shufflevector(a, b, 31, 1, 29, 3, 27, 5, 25, 7, 23, 9, 21, 11, 19, 13, 17, 15);
}
Half narrow(Shorts a) { return __builtin_shufflevector(a, a, 0, 2, 4, 6); }
int element(Ints a, int i) {
  a[i & 3] = 7;
  return a[2] + a[i & 3];
}
Floats convert(Ints a) { return __builtin_convertvector(a, Floats); }
Ints widen(Half a) { return __builtin_convertvector(a, Ints); }
int sum(Ints a) {
  return __builtin_reduce_add(a) + __builtin_reduce_max(a) + __builtin_reduce_xor(a);
}
Ints most(Ints a, Ints b) { return __builtin_elementwise_max(a, b) + __builtin_elementwise_abs(a); }
Floats constants() { return (Floats){1.0f, -0.0f, 2.5f, 1e9f}; }
int cast(Floats a) { return ((Ints)a)[1]; }
int products(const short* a, const short* b) {
  __m128i x = _mm_loadu_si128((const __m128i*)a), y = _mm_loadu_si128((const __m128i*)b);
  __m128i p = _mm_madd_epi16(x, y);
  p = _mm_packs_epi32(
      p, _mm_cvtps_epi32(_mm_min_ps(_mm_set1_ps(3), _mm_max_ps(_mm_set1_ps(1), _mm_setzero_ps()))));
  return _mm_cvtsi128_si32(p) + _mm_movemask_epi8(x);
}
