// Hints to the optimizer that must change nothing: assume, expect, unreachable, restrict, prefetch.
#include "corpus.h"

static int average(const int* restrict values, int count) {
  __builtin_assume(count > 0);
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    __builtin_prefetch(values + i);
    if (__builtin_expect(values[i] < 0, 0)) continue;
    sum += values[i];
  }
  return sum / count;
}
static int direction(unsigned code) {
  switch (code & 3) {
    case 0:
      return 1;
    case 1:
      return -1;
    case 2:
      return 7;
    case 3:
      return -7;
  }
  __builtin_unreachable();
}
static void scale(float* restrict to, const float* restrict from, int count) {
  for (int i = 0; i < count; ++i) to[i] = from[i] * 0.75f;
}
static int constant_or(int value) { return __builtin_constant_p(value) ? 1 : value != 0; }

int guest_main(int argument) {
  int values[30];
  float from[30], to[30];
  for (int i = 0; i < 30; ++i) {
    values[i] = opaque(i * 37 % 50 - 10);
    from[i] = (float)values[i] + (float)argument;
  }
  for (int count = 1; count < 30; ++count) mix((uint32_t)average(values, opaque(count)));
  for (unsigned i = 0; i < 12; ++i) mix((uint32_t)direction((unsigned)opaque((int)i)));
  scale(to, from, opaque(29));
  for (int i = 0; i < 29; ++i) mix_float(to[i]);
  int* const aligned = __builtin_assume_aligned(values, 4);
  mix((uint32_t)aligned[3] + (uint32_t)constant_or(opaque(5)));
  mix(__builtin_object_size(values, 0) == sizeof values);
  if (__builtin_expect_with_probability(opaque(0), 1, 0.9)) __builtin_trap();
  return finish();
}
