// Where the sign of zero shows: division, selects, sums, products, negation.
#include "corpus.h"

static double inverse(double zero) { return 1.0 / zero; }

int guest_main(int argument) {
  const double plus = opaque_double(0.0);
  const double minus = opaque_double(-0.0);
  mix_double(inverse(plus));
  mix_double(inverse(minus));
  mix_double(inverse(plus + minus));
  mix_double(inverse(minus + minus));
  mix_double(inverse(minus - plus));
  mix_double(inverse(plus - plus));
  mix_double(inverse(minus * argument));
  mix_double(inverse(minus * -argument));
  mix_double(inverse(-plus));
  mix_double(inverse(0.0 - plus));
  mix_double(plus == minus ? plus : minus);
  mix_double(minus < plus ? plus : minus);
  mix_double(minus + 0.0);
  mix_double(minus - 0.0);
  mix_float(-opaque_float(0.0f));
  mix_float(opaque_float(-0.0f) + 0.0f);
  mix_float((float)minus);
  mix_double((double)(int)minus);
  return finish();
}
