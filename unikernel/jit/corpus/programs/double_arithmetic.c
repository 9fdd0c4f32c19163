// The four operations on doubles over corner values.
#include "corpus.h"

static const double kValues[] = {0.0,
                                 -0.0,
                                 1.0,
                                 -2.5,
                                 1.0e308,
                                 2.3e-308,
                                 5.0e-324,
                                 0.1,
                                 9007199254740993.0,
                                 __builtin_inf(),
                                 -__builtin_inf(),
                                 __builtin_nan("")};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (size_t j = 0; j < COUNT(kValues); ++j) {
      const double a = opaque_double(kValues[i]);
      const double b = opaque_double(kValues[j]);
      mix_double(a + b);
      mix_double(a - b);
      mix_double(a * b);
      mix_double(a / b);
      mix_double(a * b - b);
    }
    mix_double(-opaque_double(kValues[i]));
  }
  double sum = 0, product = 1;
  for (int i = 1; i <= 500 * argument; ++i) {
    sum += 1.0 / i;
    product *= 1.0 + 1.0 / ((double)i * i);
  }
  mix_double(sum);
  mix_double(product);
  return finish();
}
