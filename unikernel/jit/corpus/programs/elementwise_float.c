// Minima, maxima, absolute values and roots of floats and of vectors of them, by selects.
#include "corpus.h"

typedef float Float4 __attribute__((vector_size(16)));

static float smaller(float a, float b) { return a < b ? a : b; }
static double larger(double a, double b) { return a > b ? a : b; }
static float clamp(float v, float low, float high) { return v < low ? low : v > high ? high : v; }

int guest_main(int argument) {
  static const float kValues[] = {
      0.0f, -0.0f, 1.5f, -3.25f, 1e20f, -1e-40f, __builtin_inff(), __builtin_nanf("")};
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const float a = opaque_float(kValues[i]), b = opaque_float(kValues[j]);
      mix_float(smaller(a, b));
      mix_double(larger(a, b));
      mix_float(clamp(a, -2.0f, b));
      const Float4 v = {a, b, -a, (float)argument};
      const Float4 absolute = __builtin_elementwise_abs(v);
      const Float4 root = __builtin_elementwise_sqrt(absolute);
      for (int k = 0; k < 4; ++k) {
        mix_float(absolute[k]);
        mix_float(root[k]);
        mix_float(__builtin_copysignf(root[k], a == a ? a : 1.0f));
      }
    }
  }
  return finish();
}
