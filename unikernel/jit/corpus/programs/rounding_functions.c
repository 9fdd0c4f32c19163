// floor, ceil, trunc, rint and round as the compiler's own: exact at fractions of both signs,
// zeros, and where a number has no fraction. What native code calls for them is here. Flags:
// -Wno-incompatible-library-redeclaration
#include "corpus.h"

static double whole(double x) {  // towards zero
  return x > -4503599627370496.0 && x < 4503599627370496.0
             ? __builtin_copysign((double)(int64_t)x, x)
             : x;
}
double trunc(double x) { return whole(x); }
double floor(double x) {
  const double t = whole(x);
  return t > x ? t - 1 : t;
}
double ceil(double x) {
  const double t = whole(x);
  return t < x ? __builtin_copysign(t + 1, x) : t;
}
double round(double x) {
  const double t = whole(x), rest = x - t;
  return rest >= 0.5 ? t + 1 : rest <= -0.5 ? t - 1 : t;
}
double rint(double x) {  // to the even one of two
  const double t = whole(x), rest = x - t;
  if (rest == 0.5 || rest == -0.5) return (int64_t)t % 2 != 0 ? t + 2 * rest : t;
  return round(x);
}
float truncf(float x) { return (float)trunc(x); }
float floorf(float x) { return (float)floor(x); }
float ceilf(float x) { return (float)ceil(x); }
float roundf(float x) { return (float)round(x); }
float rintf(float x) { return (float)rint(x); }
double nearbyint(double x) { return rint(x); }
float nearbyintf(float x) { return rintf(x); }

static const double numbers[] = {
    0.0,
    -0.0,
    0.25,
    -0.25,
    0.5,
    -0.5,
    0.75,
    -0.75,
    1.0,
    -1.0,
    1.5,
    -1.5,
    2.5,
    -2.5,
    2.0,
    -2.0,
    2.75,
    -2.75,
    -3.125,
    3.125,
    1000.5,
    -999.5,
    8388607.5,
    -8388607.5,
    8388609.0,
    -8388609.0,
    1e9 + 0.5,
    1e15,
    -1e15,
    1e300,
    -1e300,
    0.49999997,
    -0.49999997,
    4503599627370495.5,
    -4503599627370495.5,
};

int guest_main(int argument) {
  for (int i = 0; i < (int)COUNT(numbers); ++i) {
    const double x = opaque_double(numbers[i]) * argument;
    mix_double(__builtin_floor(x));
    mix_double(__builtin_ceil(x));
    mix_double(__builtin_trunc(x));
    mix_double(__builtin_round(x));
    mix_double(__builtin_rint(x));
    mix_double(__builtin_nearbyint(x));
    const float y = (float)x;
    mix_float(__builtin_floorf(y));
    mix_float(__builtin_ceilf(y));
    mix_float(__builtin_truncf(y));
    mix_float(__builtin_roundf(y));
    mix_float(__builtin_rintf(y));
    mix_float(__builtin_nearbyintf(y));
  }
  return finish();
}
