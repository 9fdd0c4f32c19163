// A matrix times a vector, as the Llama of run.c has it without its pragmas: sizes come as
// arguments, and two pairs of them take turns.
// Argument: 700
#include "corpus.h"

enum { kWide = 172, kNarrow = 64 };
static float g_up[kWide * kNarrow], g_down[kNarrow * kWide], g_x[kNarrow], g_hidden[kWide];

__attribute__((noinline)) static void matmul(float* out, const float* x, const float* w, int n,
                                             int d) {
  for (int i = 0; i < d; ++i) {
    float value = 0.0f;
    for (int j = 0; j < n; ++j) value += w[i * n + j] * x[j];
    out[i] = value;
  }
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)opaque(7);
  const int wide = opaque(kWide), narrow = opaque(kNarrow);
  for (int i = 0; i < kWide * kNarrow; ++i) {
    g_up[i] = (float)((int)(next_random(&state) % 256) - 128) / 1024.0f;
    g_down[i] = (float)((int)(next_random(&state) % 256) - 128) / 1024.0f;
  }
  for (int i = 0; i < kNarrow; ++i) g_x[i] = (float)(i % 5) - 2.0f;
  for (int round = 0; round < argument; ++round) {
    matmul(g_hidden, g_x, g_up, narrow, wide);
    matmul(g_x, g_hidden, g_down, wide, narrow);
    for (int i = 0; i < kNarrow; ++i) g_x[i] += (float)((round + i) % 3) - 1.0f;
    mix((uint32_t)(int32_t)(g_x[round % kNarrow] * 1000.0f));
  }
  return finish();
}
