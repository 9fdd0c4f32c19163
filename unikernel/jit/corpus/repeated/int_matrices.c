// Products of matrices of 32-bit integers, by a function for any size: it is always called for the
// same.
// Argument: 220
#include "corpus.h"

enum { kMost = 40 };
static int32_t g_a[kMost * kMost], g_b[kMost * kMost], g_c[kMost * kMost];

__attribute__((noinline)) static void multiply(int32_t* c, const int32_t* a, const int32_t* b,
                                               int rows, int inner, int columns) {
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      int32_t sum = 0;
      for (int k = 0; k < inner; ++k) sum += a[i * inner + k] * b[k * columns + j];
      c[i * columns + j] = sum;
    }
  }
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)opaque(7);
  const int size = opaque(kMost);
  for (int i = 0; i < kMost * kMost; ++i) {
    g_a[i] = (int32_t)(next_random(&state) % 100);
    g_b[i] = (int32_t)(next_random(&state) % 100) - 50;
  }
  for (int round = 0; round < argument; ++round) {
    multiply(g_c, g_a, g_b, size, size, size);
    for (int i = 0; i < kMost * kMost; ++i) g_a[i] = g_c[i] % 100;
    mix((uint32_t)g_c[round]);
  }
  return finish();
}
