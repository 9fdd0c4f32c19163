// Vectors of every width that no register holds, and what SSE2 does only lane by lane: arithmetic,
// comparisons, choices, conversions, shuffles, lanes put in and taken out, and what is made of all.
// Flags: -fwrapv
#include "corpus.h"

#define VECTOR(type, n) type __attribute__((ext_vector_type(n)))

static uint32_t state = 12345;
static uint32_t next(void) { return state = state * 1664525u + 1013904223u, state >> 3; }

// Of integers of one width: all that keeps the width.
#define INTEGERS(name, type, mask_type, n)                                                     \
  typedef VECTOR(type, n) name;                                                                \
  typedef VECTOR(mask_type, n) name##_mask;                                                    \
  static name name##_any(void) {                                                               \
    name v;                                                                                    \
    for (int k = 0; k < n; ++k) v[k] = (type)next();                                           \
    return v;                                                                                  \
  }                                                                                            \
  static void name##_mix(name v) {                                                             \
    for (int k = 0; k < n; ++k) mix((uint32_t)v[k]);                                           \
  }                                                                                            \
  __attribute__((noinline)) static void name##_all(void) {                                     \
    const name a = name##_any(), b = name##_any(), c = a * b + (a ^ b);                        \
    name##_mix(a + b);                                                                         \
    name##_mix(a - b);                                                                         \
    name##_mix(c);                                                                             \
    name##_mix((a & b) | ~c);                                                                  \
    name##_mix(a << (type)3);                                                                  \
    name##_mix(c >> (type)2);                                                                  \
    name##_mix(-a);                                                                            \
    name##_mix(a > b ? a : c);                                                                 \
    name##_mix(a <= b ? b : c);                                                                \
    name##_mix(((a == b) | (a != c)) ? a : b);                                                 \
    name##_mix(__builtin_elementwise_max(a, b));                                               \
    name##_mix(__builtin_elementwise_min(a, b));                                               \
    name##_mix(a + __builtin_shufflevector(a, b, 0, n, 1, n + 1)[opaque(2)]);                  \
    mix((uint32_t)__builtin_reduce_max(a));                                                    \
    mix((uint32_t)__builtin_reduce_min(b));                                                    \
    mix((uint32_t)__builtin_reduce_add(c));                                                    \
    mix((uint32_t)__builtin_reduce_mul(a | 1));                                                \
    mix((uint32_t)__builtin_reduce_xor(a));                                                    \
    mix((uint32_t)__builtin_reduce_or(a > b));                                                 \
    mix((uint32_t)__builtin_reduce_and(a >= c));                                               \
    name d = a;                                                                                \
    d[n - 1] = b[0];                                                                           \
    d[0] = c[n / 2];                                                                           \
    name##_mix(d);                                                                             \
    name##_mix(__builtin_convertvector(__builtin_convertvector(d, VECTOR(int32_t, n)), name)); \
  }

// Of others: what keeps the width, and conversions from and to integers.
#define REALS(name, type, mask_type, n)                                                        \
  typedef VECTOR(type, n) name;                                                                \
  typedef VECTOR(mask_type, n) name##_mask;                                                    \
  static name name##_any(void) {                                                               \
    name v;                                                                                    \
    for (int k = 0; k < n; ++k) v[k] = (type)(int)(next() % 1001) / 8 - 62;                    \
    return v;                                                                                  \
  }                                                                                            \
  static void name##_mix(name v) {                                                             \
    for (int k = 0; k < n; ++k) mix_double((double)v[k]);                                      \
  }                                                                                            \
  __attribute__((noinline)) static void name##_all(void) {                                     \
    const name a = name##_any(), b = name##_any(), c = a * b - a / (b * b + 1);                \
    name##_mix(a + b);                                                                         \
    name##_mix(c);                                                                             \
    name##_mix(-c);                                                                            \
    name##_mix(a < b ? a : c);                                                                 \
    name##_mix(a != a ? b : c);                                                                \
    name##_mix(((a >= b) | (a == c)) ? a : b);                                                 \
    name##_mix(__builtin_elementwise_abs(c));                                                  \
    name##_mix(__builtin_convertvector(__builtin_convertvector(a, VECTOR(int8_t, n)), name));  \
    name##_mix(__builtin_convertvector(__builtin_convertvector(a, VECTOR(int16_t, n)), name)); \
    name##_mix(__builtin_convertvector(__builtin_convertvector(c, VECTOR(int32_t, n)), name)); \
    name##_mix(__builtin_convertvector(                                                        \
        __builtin_convertvector(__builtin_elementwise_abs(a), VECTOR(uint8_t, n)), name));     \
    name##_mix(__builtin_convertvector(                                                        \
        __builtin_convertvector(__builtin_elementwise_abs(a), VECTOR(uint16_t, n)), name));    \
    name##_mix(__builtin_convertvector(__builtin_convertvector(a, VECTOR(float, n)), name));   \
    name##_mix(__builtin_convertvector(__builtin_convertvector(a, VECTOR(double, n)), name));  \
    const name##_mask less = a < b;                                                            \
    mix((uint32_t)__builtin_reduce_or(less));                                                  \
    mix((uint32_t)__builtin_reduce_and(less));                                                 \
    name d = c;                                                                                \
    d[n / 2] = a[n - 1];                                                                       \
    name##_mix(d);                                                                             \
  }

#define OF_EACH(n)                                         \
  INTEGERS(S8_##n, int8_t, int8_t, n)                      \
  INTEGERS(U8_##n, uint8_t, int8_t, n)                     \
  INTEGERS(S16_##n, int16_t, int16_t, n)                   \
  INTEGERS(U16_##n, uint16_t, int16_t, n)                  \
  INTEGERS(S32_##n, int32_t, int32_t, n)                   \
  INTEGERS(U32_##n, uint32_t, int32_t, n)                  \
  REALS(F32_##n, float, int32_t, n)                        \
  REALS(F64_##n, double, int64_t, n)                       \
  __attribute__((noinline)) static void all_of_##n(void) { \
    S8_##n##_all();                                        \
    U8_##n##_all();                                        \
    S16_##n##_all();                                       \
    U16_##n##_all();                                       \
    S32_##n##_all();                                       \
    U32_##n##_all();                                       \
    F32_##n##_all();                                       \
    F64_##n##_all();                                       \
  }

OF_EACH(2)
OF_EACH(3)
OF_EACH(4)
OF_EACH(5)
OF_EACH(8)
OF_EACH(16)

// What clang makes of it is one bit for each lane.
typedef VECTOR(float, 4) Four;
typedef VECTOR(float, 8) Eight;
typedef _Bool Bits __attribute__((ext_vector_type(8)));
__attribute__((noinline)) static uint32_t bits_of(Eight a, Eight b) {
  const Bits less = __builtin_convertvector(a < b, Bits);
  uint8_t bits;
  __builtin_memcpy(&bits, &less, 1);
  return bits;
}

// Every other lane of two registers, and put together again.
__attribute__((noinline)) static void rotate(Eight* v, const float* with) {
  const Eight x = *v;
  const Four even = __builtin_shufflevector(x, x, 0, 2, 4, 6);
  const Four odd = __builtin_shufflevector(x, x, 1, 3, 5, 7);
  const Four a = even * with[0] - odd * with[1], b = even * with[1] + odd * with[0];
  *v = __builtin_shufflevector(a, b, 0, 4, 1, 5, 2, 6, 3, 7);
}

int guest_main(int argument) {
  state += (uint32_t)argument;
  for (int round = 0; round < 4; ++round) {
    all_of_2();
    all_of_3();
    all_of_4();
    all_of_5();
    all_of_8();
    all_of_16();
    Eight a, b;
    for (int k = 0; k < 8; ++k) {
      a[k] = (float)(next() % 100);
      b[k] = (float)(next() % 100);
    }
    mix(bits_of(a, b));
    const float with[2] = {0.5f, (float)opaque(2)};
    for (int k = 0; k < 3; ++k) rotate(&a, with);
    for (int k = 0; k < 8; ++k) mix_float(a[k]);
  }
  return finish();
}
