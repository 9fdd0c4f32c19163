// Vectors of four 32-bit integers: all operators, shifts by vectors, selects, reductions.
#include "corpus.h"

typedef int32_t Int4 __attribute__((vector_size(16)));
typedef uint32_t Uint4 __attribute__((vector_size(16)));

static void mix_uint4(Uint4 v) {
  for (int i = 0; i < 4; ++i) mix(v[i]);
}

int guest_main(int argument) {
  Uint4 a = {1, 0x80000000u, 0xffffffffu, (uint32_t)argument};
  Uint4 b = {7, 11, 13, 17};
  for (int i = 0; i < 60; ++i) {
    a = a * 1664525u + b;
    b ^= a >> 3;
    const Int4 sa = (Int4)a, sb = (Int4)b;
    mix_uint4(a + b);
    mix_uint4(a - b);
    mix_uint4(a & ~b);
    mix_uint4(a | b);
    mix_uint4(a << (b & 31));
    mix_uint4(a >> (b & 31));
    mix_uint4((Uint4)(sa >> (sb & 31)));
    mix_uint4((Uint4)(sa < sb));
    mix_uint4((Uint4)(a > b));
    mix_uint4(a / ((b & 1023) + 1));
    mix_uint4((Uint4)(sa % ((sb & 1023) + 2)));
    mix_uint4((Uint4)((sa & (sa > sb)) | (sb & ~(sa > sb))));
    mix(__builtin_reduce_add(a) ^ __builtin_reduce_or(b));
    mix(__builtin_reduce_xor(a) + __builtin_reduce_and(b));
    mix((uint32_t)__builtin_reduce_max(sa) - (uint32_t)__builtin_reduce_min(sb));
    a[(uint32_t)opaque(i) & 3] += 5;
  }
  return finish();
}
