// Every comparison of floats, ordered and unordered, as values and as branches.
#include "corpus.h"

static const float kValues[] = {
    0.0f, -0.0f, 1.0f, -1.0f, 1.0e-45f, __builtin_inff(), -__builtin_inff(), __builtin_nanf("")};

static uint32_t relations(float a, float b) {
  uint32_t bits = 0;
  bits |= (uint32_t)(a == b) | (uint32_t)(a != b) << 1 | (uint32_t)(a < b) << 2;
  bits |= (uint32_t)(a <= b) << 3 | (uint32_t)(a > b) << 4 | (uint32_t)(a >= b) << 5;
  bits |= (uint32_t)!(a < b) << 6 | (uint32_t)!(a <= b) << 7 | (uint32_t)!(a > b) << 8;
  bits |= (uint32_t)!(a >= b) << 9;
  bits |= (uint32_t)__builtin_isless(a, b) << 10 | (uint32_t)__builtin_isgreater(a, b) << 11;
  bits |= (uint32_t)__builtin_islessgreater(a, b) << 12 | (uint32_t)__builtin_isunordered(a, b)
                                                              << 13;
  bits |= (uint32_t)!__builtin_islessgreater(a, b) << 14 | (uint32_t)!__builtin_isunordered(a, b)
                                                               << 15;
  return bits;
}

int guest_main(int argument) {
  uint32_t taken = (uint32_t)argument;
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const float a = opaque_float(kValues[i]), b = opaque_float(kValues[j]);
      mix(relations(a, b));
      if (a < b) taken += 1;
      if (!(a <= b)) taken += 100;
      if (a != b) taken += 10000;
      if (__builtin_isunordered(a, b)) taken += 1000000;
      mix_float(a < b ? a : b);
      mix_float(a >= b ? a : b);
    }
  }
  mix(taken);
  return finish();
}
