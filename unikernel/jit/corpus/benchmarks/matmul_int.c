// Products of matrices of 32-bit integers.
// Argument: 5
#include "corpus.h"

enum { kSize = 80 };
static int32_t g_a[kSize][kSize], g_b[kSize][kSize], g_c[kSize][kSize];

int guest_main(int argument) {
  uint32_t state = (uint32_t)opaque(7);
  for (int i = 0; i < kSize * kSize; ++i) {
    g_a[i / kSize][i % kSize] = (int32_t)(next_random(&state) % 100);
    g_b[i / kSize][i % kSize] = (int32_t)(next_random(&state) % 100) - 50;
  }
  for (int round = 0; round < argument; ++round) {
    for (int i = 0; i < kSize; ++i) {
      for (int j = 0; j < kSize; ++j) {
        int32_t sum = 0;
        for (int k = 0; k < kSize; ++k) sum += g_a[i][k] * g_b[k][j];
        g_c[i][j] = sum;
      }
    }
    for (int i = 0; i < kSize * kSize; ++i) {
      mix((uint32_t)g_c[i / kSize][i % kSize]);
      g_a[i / kSize][i % kSize] = g_c[i / kSize][i % kSize] % 100;
    }
  }
  return finish();
}
