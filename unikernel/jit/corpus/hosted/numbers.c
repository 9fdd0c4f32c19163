// math.h, of plain arithmetic: a few dozen instructions each, the same on every machine.
#include <math.h>

#include <stdint.h>
#include <string.h>

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
static double of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// ---- exact

double fabs(double x) { return of_bits(bits_of(x) & ~(uint64_t)0 >> 1); }
double copysign(double x, double sign) {
  const uint64_t top = (uint64_t)1 << 63;
  return of_bits((bits_of(x) & ~top) | (bits_of(sign) & top));
}
double trunc(double x) {
  const int exponent = (int)(bits_of(x) >> 52 & 0x7ff) - 1023;
  if (exponent >= 52) return x;
  if (exponent < 0) return copysign(0, x);
  return of_bits(bits_of(x) & ~(~(uint64_t)0 >> (12 + exponent)));
}
double floor(double x) {
  const double whole = trunc(x);
  return whole > x ? whole - 1 : whole;
}
double ceil(double x) {
  const double whole = trunc(x);
  return whole < x ? copysign(whole + 1, x) : whole;
}
double round(double x) {
  const double whole = trunc(x);
  return fabs(x - whole) >= 0.5 ? whole + copysign(1, x) : whole;
}
double rint(double x) {
  if (!(fabs(x) < 0x1p52)) return x;
  const double big = copysign(0x1p52, x);
  volatile double sum = x + big;
  return copysign(sum - big, x);
}
double sqrt(double x) {
  if (x < 0) return __builtin_nan("");
  if (x == 0 || !(x < __builtin_inf())) return x;
  double root = of_bits((bits_of(x) >> 1) + ((uint64_t)0x1ff8 << 48));
  for (int i = 0; i < 6; ++i) root = 0.5 * (root + x / root);
  return root;
}
double ldexp(double x, int power) {
  for (; power > 1000; power -= 1000) x *= 0x1p1000;
  for (; power < -1000; power += 1000) x *= 0x1p-1000;
  return x * of_bits((uint64_t)(power + 1023) << 52);
}
double frexp(double x, int* power) {
  *power = 0;
  if (x == 0 || !(fabs(x) < __builtin_inf())) return x;
  if (fabs(x) < 0x1p-1022) {
    x *= 0x1p54;
    *power = -54;
  }
  *power += (int)(bits_of(x) >> 52 & 0x7ff) - 1022;
  return of_bits((bits_of(x) & ~((uint64_t)0x7ff << 52)) | (uint64_t)1022 << 52);
}
double modf(double x, double* whole) {
  *whole = trunc(x);
  return copysign(x - *whole, x);
}
double fmod(double x, double y) {
  if (y == 0 || !(fabs(x) < __builtin_inf()) || y != y) return __builtin_nan("");
  double left = fabs(x);
  const double by = fabs(y);
  while (left >= by) {
    int of_left, of_by;
    frexp(left, &of_left);
    frexp(by, &of_by);
    double part = ldexp(by, of_left - of_by);
    if (part > left) part *= 0.5;
    left -= part;
  }
  return copysign(left, x);
}
double fmin(double a, double b) { return a != a ? b : b != b || a < b ? a : b; }
double fmax(double a, double b) { return a != a ? b : b != b || a > b ? a : b; }

// ---- series

double exp(double x) {
  if (x != x) return x;
  if (x > 710) return __builtin_inf();
  if (x < -750) return 0;
  const double turns = rint(x * 1.4426950408889634);
  const double rest = (x - turns * 0.693147180369123816490) - turns * 1.90821492927058770002e-10;
  double sum = 1;
  for (int i = 20; i > 0; --i) sum = 1 + sum * rest / i;
  return ldexp(sum, (int)turns);
}
double log(double x) {
  if (x < 0 || x != x) return __builtin_nan("");
  if (x == 0) return -__builtin_inf();
  if (!(x < __builtin_inf())) return x;
  int power;
  double part = frexp(x, &power);
  if (part < 0.70710678118654752440) {
    part *= 2;
    --power;
  }
  const double s = (part - 1) / (part + 1), square = s * s;
  double sum = 0;
  for (int i = 41; i > 0; i -= 2) sum = sum * square + 1.0 / i;
  return 2 * s * sum + power * 0.69314718055994530942;
}
double log10(double x) { return log(x) * 0.43429448190325182765; }
double pow(double x, double y) {
  if (y == 0) return 1;
  if (y == trunc(y) && fabs(y) < 1024) {
    double result = 1, power = x;
    for (unsigned n = (unsigned)fabs(y); n != 0; n >>= 1, power *= power) {
      if (n & 1) result *= power;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x == 0) return y > 0 ? 0 : __builtin_inf();
  return exp(y * log(x));
}
static double sine_near_zero(double x) {
  double sum = 1;
  for (int i = 24; i > 0; i -= 2) sum = 1 - sum * x * x / (i * (i + 1.0));
  return sum * x;
}
double sin(double x) {
  if (!(fabs(x) < 0x1p40)) return __builtin_nan("");
  const double halves = rint(x * 0.31830988618379067154);
  const double rest = (x - halves * 3.1415926535897931160) - halves * 1.2246467991473532072e-16;
  const double value = sine_near_zero(rest);
  return fmod(halves, 2) != 0 ? -value : value;
}
double cos(double x) { return sin(x + 1.57079632679489661923); }
double tan(double x) { return sin(x) / cos(x); }
double atan(double x) {
  if (x != x) return x;
  if (fabs(x) > 1) return copysign(1.57079632679489661923, x) - atan(1 / x);
  // Halved thrice: atan x = 2 atan (x / (1 + sqrt (1 + x x))).
  for (int i = 0; i < 3; ++i) x = x / (1 + sqrt(1 + x * x));
  double sum = 0;
  for (int i = 25; i > 0; i -= 2) sum = 1.0 / i - sum * x * x;
  return 8 * x * sum;
}
double atan2(double y, double x) {
  const double pi = 3.14159265358979323846;
  if (x == 0 && y == 0) return copysign(bits_of(x) >> 63 ? pi : 0, y);
  if (fabs(x) < fabs(y)) return copysign(pi / 2, y) - atan(x / y);
  return atan(y / x) + (x < 0 ? copysign(pi, y) : 0);
}
double asin(double x) { return atan2(x, sqrt((1 - x) * (1 + x))); }
double acos(double x) { return 1.57079632679489661923 - asin(x); }
double sinh(double x) { return (exp(x) - exp(-x)) / 2; }
double cosh(double x) { return (exp(x) + exp(-x)) / 2; }
double tanh(double x) { return fabs(x) > 20 ? copysign(1, x) : sinh(x) / cosh(x); }
double hypot(double x, double y) { return sqrt(x * x + y * y); }

// ---- of floats: exact or good for all their digits

float fabsf(float x) { return (float)fabs(x); }
float floorf(float x) { return (float)floor(x); }
float ceilf(float x) { return (float)ceil(x); }
float sqrtf(float x) { return (float)sqrt(x); }
float sinf(float x) { return (float)sin(x); }
float cosf(float x) { return (float)cos(x); }
float powf(float x, float y) { return (float)pow(x, y); }
float copysignf(float x, float sign) { return (float)copysign(x, sign); }
float fmodf(float x, float y) { return (float)fmod(x, y); }
