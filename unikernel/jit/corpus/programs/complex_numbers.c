// _Complex float and int: sums, differences, conjugates, parts, equality; products by hand.
#include "corpus.h"

typedef _Complex float Complex;

static Complex make(float re, float im) {
  Complex z;
  __real__ z = re;
  __imag__ z = im;
  return z;
}
static Complex times(Complex a, Complex b) {
  return make(__real__ a * __real__ b - __imag__ a * __imag__ b,
              __real__ a * __imag__ b + __imag__ a * __real__ b);
}
static Complex power(Complex base, unsigned exponent) {
  Complex result = make(1, 0);
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
}

int guest_main(int argument) {
  static const Complex kStart = 0.5f;
  Complex z = kStart + make(opaque_float(0.25f), 0.125f * (float)argument);
  for (int i = 0; i < 20; ++i) {
    z = times(z, z) + make(-0.4f, 0.6f);
    const Complex difference = z - ~z;
    mix_float(__real__ z);
    mix_float(__imag__ difference);
    mix_float(__real__ power(z, (unsigned)i));
    mix((uint32_t)(z == ~z) + 2 * (uint32_t)(__real__ z != __imag__ z));
    _Complex int whole;
    __real__ whole = opaque(i);
    __imag__ whole = -i;
    whole += whole;
    mix((uint32_t)(__real__ whole * 100 + __imag__ whole));
  }
  return finish();
}
