// float and double: arithmetic, comparisons of each kind, casts, constants with special bits.
float mix(float a, float b) { return -(a * b) + a / b - (a - b); }
double mix_double(double a, double b) { return -(a * b) + a / b - (a - b); }
int compare(double a, double b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5 |
         __builtin_isunordered(a, b) << 6 | __builtin_islessgreater(a, b) << 7;
}
int compare_float(float a, float b) { return !(a < b) + 2 * !(a >= b); }
long long to_integers(float a, double b) {
  return (int)a + (unsigned)b + (long long)a + (unsigned long long)b;
}
double from_integers(int a, unsigned b, long long c, unsigned long long d) {
  return (float)a + (double)b + (double)c + (float)d;
}
double change(float a, double b) { return (double)a + (float)b; }
double special(int i) {
  static const double kDoubles[] = {0.0,     -0.0, 1e308 * 10, -1e308 * 10, __builtin_nan(""),
                                    4.9e-324};
  static const float kFloats[] = {0.0f, -0.0f, 1e38f * 10, __builtin_nanf("7"), 1e-45f};
  return kDoubles[i % 6] + kFloats[i % 5];
}
double roots(double x, float y) {
  return __builtin_sqrt(x) + __builtin_fabs(x) + __builtin_copysign(x, (double)y) +
         __builtin_floor(x) + __builtin_ceilf(y) + __builtin_truncf(y) + __builtin_rint(x) +
         __builtin_round(x) + __builtin_fmaxf(y, 1) + __builtin_fmin(x, 2) + __builtin_isfinite(x);
}
