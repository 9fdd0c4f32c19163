// sqrt by instruction, floats and doubles, exact and inexact, against Newton's method.
#include "corpus.h"

static double newton(double value) {
  double guess = value > 1 ? value / 2 : 1;
  for (int i = 0; i < 60; ++i) guess = 0.5 * (guess + value / guess);
  return guess;
}

int guest_main(int argument) {
  int near = 0;
  for (int i = 1; i < 60; ++i) {
    const double value = opaque_double(i * 1.75 * argument);
    const double root = __builtin_sqrt(value);
    mix_double(root);
    mix_float(__builtin_sqrtf((float)value));
    const double difference = root - newton(value);
    near += difference < 1e-12 && difference > -1e-12;
  }
  mix((uint32_t)near);
  mix_double(__builtin_sqrt(opaque_double(0.0)));
  mix_double(__builtin_sqrt(opaque_double(-0.0)));
  mix_double(__builtin_sqrt(opaque_double(__builtin_inf())));
  mix_double(__builtin_sqrt(opaque_double(-4.0)));
  mix_double(__builtin_sqrt(opaque_double(5e-324)));
  return finish();
}
