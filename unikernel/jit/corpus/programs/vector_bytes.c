// Vectors of sixteen bytes: arithmetic that wraps, compares, saturation, shuffles by a constant.
#include "corpus.h"

typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef int8_t SignedBytes __attribute__((vector_size(16)));

static void mix_vector(Bytes v) {
  uint8_t bytes[16];
  __builtin_memcpy(bytes, &v, sizeof bytes);
  mix_bytes(bytes, sizeof bytes);
}

int guest_main(int argument) {
  Bytes a, b;
  for (int i = 0; i < 16; ++i) {
    a[i] = (uint8_t)opaque(i * 17 + argument);
    b[i] = (uint8_t)(255 - i * 11);
  }
  for (int round = 0; round < 20; ++round) {
    mix_vector(a + b);
    mix_vector(a - b);
    mix_vector(a * b);
    mix_vector(__builtin_elementwise_add_sat(a, b));
    mix_vector((Bytes)__builtin_elementwise_sub_sat((SignedBytes)a, (SignedBytes)b));
    mix_vector(__builtin_elementwise_min(a, b));
    mix_vector((Bytes)__builtin_elementwise_max((SignedBytes)a, (SignedBytes)b));
    mix_vector((Bytes)(a > b));
    mix_vector((Bytes)((SignedBytes)a == (SignedBytes)b));
    mix_vector(a >> (b & 7));
    const Bytes turned =
        __builtin_shufflevector(a, b, 15, 14, 13, 12, 11, 10, 9, 8, 16, 17, 18, 19, 0, 1, 30, 31);
    mix_vector(turned);
    b = a ^ turned;
    a = __builtin_shufflevector(turned, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  }
  return finish();
}
