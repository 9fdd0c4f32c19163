// A Fourier transform of 64 doubles and back, with sines by their series.
#include "corpus.h"

enum { kSize = 64 };
static const double kPi = 3.14159265358979323846;

static double sine(double x) {
  double term = x, sum = x;
  for (int i = 1; i < 14; ++i) {
    term *= -x * x / ((2 * i) * (2 * i + 1));
    sum += term;
  }
  return sum;
}
static void transform(double* re, double* im, double direction) {
  for (int i = 1, j = 0; i < kSize; ++i) {
    int bit = kSize >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const double r = re[i], m = im[i];
    re[i] = re[j], im[i] = im[j];
    re[j] = r, im[j] = m;
  }
  for (int length = 2; length <= kSize; length *= 2) {
    for (int k = 0; k < length / 2; ++k) {
      const double angle = direction * 2 * kPi * k / length;
      const double wr = sine(kPi / 2 - (angle < 0 ? -angle : angle)), wi = sine(angle);
      for (int i = k; i < kSize; i += length) {
        const int j = i + length / 2;
        const double r = re[j] * wr - im[j] * wi, m = re[j] * wi + im[j] * wr;
        re[j] = re[i] - r, im[j] = im[i] - m;
        re[i] += r, im[i] += m;
      }
    }
  }
}

int guest_main(int argument) {
  double re[kSize], im[kSize] = {0}, start[kSize];
  for (int i = 0; i < kSize; ++i) start[i] = re[i] = opaque_double(i % 9 - 4.0) * argument;
  transform(re, im, -1);
  for (int i = 0; i < kSize; ++i) {
    mix_double(re[i]);
    mix_double(im[i]);
  }
  transform(re, im, 1);
  double worst = 0;
  for (int i = 0; i < kSize; ++i) {
    const double error = __builtin_fabs(re[i] / kSize - start[i]);
    worst = error > worst ? error : worst;
  }
  print(worst < 1e-9 ? "inverse\n" : "not inverse\n");
  return finish();
}
