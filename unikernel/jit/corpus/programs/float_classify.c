// Classes of floating-point values: isnan, isinf, isfinite, isnormal, signbit, by bits and by sums.
#include "corpus.h"

static const double kValues[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -1.0e-310,
                                 1.0e-310,
                                 2.0e-308,
                                 -1.0e308,
                                 __builtin_inf(),
                                 -__builtin_inf(),
                                 __builtin_nan("")};

static uint32_t class_of(double value) {
  uint32_t bits = (uint32_t)(__builtin_isnan(value) != 0);
  bits |= (uint32_t)(__builtin_isinf(value) != 0) << 1;
  bits |= (uint32_t)(__builtin_isfinite(value) != 0) << 2;
  bits |= (uint32_t)(__builtin_isnormal(value) != 0) << 3;
  if (value == value) bits |= (uint32_t)(__builtin_signbit(value) != 0) << 4;
  bits |= (uint32_t)__builtin_fpclassify(0, 1, 2, 3, 4, value) << 5;
  return bits;
}

static uint32_t class_of_float(float value) {
  uint32_t bits = (uint32_t)(__builtin_isnan(value) != 0);
  bits |= (uint32_t)(__builtin_isinf(value) != 0) << 1;
  bits |= (uint32_t)(__builtin_isfinite(value) != 0) << 2;
  bits |= (uint32_t)(__builtin_isnormal(value) != 0) << 3;
  return bits;
}

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    const double value = opaque_double(kValues[i]);
    mix(class_of(value));
    mix(class_of(value - value));
    mix(class_of(value * 1.0e200 * argument));
    mix(class_of_float((float)value));
  }
  return finish();
}
