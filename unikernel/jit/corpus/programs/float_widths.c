// Between float and double: rounding, overflow to infinity, subnormals, exactness on the way back.
#include "corpus.h"

static const double kValues[] = {0.0,
                                 -0.0,
                                 0.1,
                                 1.0 / 3,
                                 3.4028234663852886e38,
                                 3.4028235677973366e38,
                                 1.0e39,
                                 -1.0e300,
                                 1.0e-40,
                                 1.4e-45,
                                 7.0e-46,
                                 7.1e-46,
                                 16777217.0,
                                 __builtin_inf(),
                                 __builtin_nan("")};

int guest_main(int argument) {
  float chain = (float)argument;
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    const double value = opaque_double(kValues[i]);
    const float narrow = (float)value;
    mix_float(narrow);
    mix_double((double)narrow);
    mix_double((double)narrow - value);
    mix_float((float)((double)narrow * (double)narrow));
    mix_float(narrow * narrow);
    mix_float((float)-value);
    chain = (float)(chain * 1.1 + 0.25);
    mix_float(chain);
  }
  return finish();
}
