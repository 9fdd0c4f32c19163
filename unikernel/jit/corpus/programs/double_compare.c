// Every comparison of doubles, ordered and unordered, as values and as branches.
#include "corpus.h"

static const double kValues[] = {
    0.0, -0.0, 1.0, -1.0, 5.0e-324, 1.0e300, __builtin_inf(), -__builtin_inf(), __builtin_nan("")};

static uint32_t relations(double a, double b) {
  uint32_t bits = 0;
  bits |= (uint32_t)(a == b) | (uint32_t)(a != b) << 1 | (uint32_t)(a < b) << 2;
  bits |= (uint32_t)(a <= b) << 3 | (uint32_t)(a > b) << 4 | (uint32_t)(a >= b) << 5;
  bits |= (uint32_t)!(a < b) << 6 | (uint32_t)!(a <= b) << 7 | (uint32_t)!(a > b) << 8;
  bits |= (uint32_t)!(a >= b) << 9;
  bits |= (uint32_t)__builtin_islessgreater(a, b) << 10 | (uint32_t)__builtin_isunordered(a, b)
                                                              << 11;
  bits |= (uint32_t)!__builtin_islessgreater(a, b) << 12;
  return bits;
}

static int rank(double value) {
  if (value != value) return 0;
  if (value < -1.0) return 1;
  if (value <= 0.0) return 2;
  if (!(value > 1.0)) return 3;
  return value >= 1.0e300 ? 5 : 4;
}

int guest_main(int argument) {
  uint32_t taken = (uint32_t)argument;
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const double a = opaque_double(kValues[i]), b = opaque_double(kValues[j]);
      mix(relations(a, b));
      if (a > b) taken += 1;
      if (!(a >= b)) taken += 100;
      if (a == b) taken += 10000;
      mix_double(a < b ? a : b);
    }
    mix((uint32_t)rank(opaque_double(kValues[i])));
  }
  mix(taken);
  return finish();
}
