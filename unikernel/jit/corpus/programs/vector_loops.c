// Loops that an optimizer turns into vectors: sums, dot products, minima, copies with conversions.
#include "corpus.h"

enum { kCount = 203 };
static int32_t g_a[kCount], g_b[kCount];
static uint8_t g_bytes[kCount];
static int16_t g_shorts[kCount];
static float g_floats[kCount];

static int32_t dot(const int32_t* a, const int32_t* b, int count) {
  int32_t sum = 0;
  for (int i = 0; i < count; ++i) sum += a[i] * b[i];
  return sum;
}
static uint32_t sum_of_bytes(const uint8_t* bytes, int count) {
  uint32_t sum = 0;
  for (int i = 0; i < count; ++i) sum += bytes[i];
  return sum;
}
static int32_t least(const int32_t* values, int count) {
  int32_t best = INT32_MAX;
  for (int i = 0; i < count; ++i) best = values[i] < best ? values[i] : best;
  return best;
}

int guest_main(int argument) {
  const int count = opaque(kCount);
  for (int i = 0; i < count; ++i) {
    g_a[i] = i * 7 % 101 - 50;
    g_b[i] = (i ^ argument) - 30;
    g_bytes[i] = (uint8_t)(i * i);
  }
  for (int i = 0; i < count; ++i) g_shorts[i] = (int16_t)(g_a[i] * 3 - g_bytes[i]);
  for (int i = 0; i < count; ++i) g_floats[i] = (float)g_shorts[i] * 0.5f + 1.0f;
  for (int i = 0; i < count; ++i) g_bytes[i] = g_shorts[i] < 0 ? 0 : (uint8_t)(g_shorts[i] >> 1);
  for (int end = 1; end < count; end += 13) {
    mix((uint32_t)dot(g_a, g_b, end));
    mix(sum_of_bytes(g_bytes, end));
    mix((uint32_t)least(g_b, end));
    int any = 0;
    for (int i = 0; i < end; ++i) any |= g_a[i] == g_b[i];
    mix((uint32_t)any);
  }
  for (int i = 0; i < count; ++i) mix_float(g_floats[i]);
  return finish();
}
