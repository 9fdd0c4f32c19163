// The four operations on floats over corner values: infinities, NaN, signed zeros, subnormals.
#include "corpus.h"

static const float kValues[] = {0.0f,
                                -0.0f,
                                1.0f,
                                -1.5f,
                                3.0e38f,
                                1.0e-38f,
                                1.0e-45f,
                                0.1f,
                                16777217.0f,
                                __builtin_inff(),
                                -__builtin_inff(),
                                __builtin_nanf("")};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const float a = opaque_float(kValues[i]);
      const float b = opaque_float(kValues[j]);
      mix_float(a + b);
      mix_float(a - b);
      mix_float(a * b);
      mix_float(a / b);
      mix_float(-(a * b) + a);
    }
    mix_float(-opaque_float(kValues[i]));
  }
  float sum = 0;
  for (int i = 1; i <= 1000 * argument; ++i) sum += 1.0f / (float)i;
  mix_float(sum);
  return finish();
}
