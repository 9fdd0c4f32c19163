// Sums whose rounding shows: Kahan's compensation, order, halves to even, no fused operations.
#include "corpus.h"

static float naive(const float* values, int count) {
  float sum = 0;
  for (int i = 0; i < count; ++i) sum += values[i];
  return sum;
}
static float kahan(const float* values, int count) {
  float sum = 0, lost = 0;
  for (int i = 0; i < count; ++i) {
    const float y = values[i] - lost;
    const float t = sum + y;
    lost = (t - sum) - y;
    sum = t;
  }
  return sum;
}
static double round_to_even(double value) {
  const double magic = 6755399441055744.0;
  return value + magic - magic;
}

int guest_main(int argument) {
  float values[200];
  for (int i = 0; i < 200; ++i)
    values[i] = opaque_float(1.0f / (float)(i + argument)) * (i & 1 ? -1e4f : 1e-4f);
  mix_float(naive(values, 200));
  mix_float(kahan(values, 200));
  double backwards = 0;
  for (int i = 200; i-- > 0;) backwards += values[i];
  mix_double(backwards);
  for (int i = -9; i < 10; ++i) mix_double(round_to_even(opaque_double(i * 0.5)));
  const double a = opaque_double(1.0 + 0x1p-30), b = opaque_double(1.0 - 0x1p-30);
  mix_double(a * b - 1.0);
  mix_double(a * b + opaque_double(-1.0));
  double epsilon = 1;
  while (1 + epsilon / 2 != 1) epsilon /= 2;
  mix_double(epsilon);
  return finish();
}
