// Integrals, roots, differential equations and series in doubles; CORDIC in integers.
#include "corpus.h"

typedef double (*Function)(double);
static double cubic(double x) { return ((x - 2) * x - 5) * x + 1; }
static double bell(double x) { return 1 / (1 + x * x); }

static double simpson(Function f, double from, double to, int steps) {
  const double width = (to - from) / steps;
  double sum = f(from) + f(to);
  for (int i = 1; i < steps; ++i) sum += f(from + i * width) * (i & 1 ? 4 : 2);
  return sum * width / 3;
}
static double bisect(Function f, double low, double high) {
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    if ((f(low) < 0) == (f(middle) < 0))
      low = middle;
    else
      high = middle;
  }
  return low;
}
static double runge_kutta(double y, double until, int steps) {
  const double h = until / steps;
  for (int i = 0; i < steps; ++i) {
    const double t = i * h, a = t - y, b = t + h / 2 - (y + h / 2 * a),
                 c = t + h / 2 - (y + h / 2 * b), d = t + h - (y + h * c);
    y += h / 6 * (a + 2 * b + 2 * c + d);
  }
  return y;
}
static void cordic(int32_t angle, int32_t* x, int32_t* y) {
  static const int32_t kAngles[] = {51472, 30386, 16055, 8150, 4091, 2047, 1024, 512,
                                    256,   128,   64,    32,   16,   8,    4,    2};
  *x = 39797, *y = 0;
  for (int i = 0; i < 16; ++i) {
    const int32_t dx = *y >> i, dy = *x >> i;
    if (angle < 0)
      *x += dx, *y -= dy, angle += kAngles[i];
    else
      *x -= dx, *y += dy, angle -= kAngles[i];
  }
}

int guest_main(int argument) {
  for (int steps = 2; steps < 60; steps += 8) {
    mix_double(simpson(bell, opaque_double(0), argument, steps));
    mix_double(simpson(cubic, -1, opaque_double(2), steps));
    mix_double(runge_kutta(opaque_double(1), 2, steps));
  }
  mix_double(bisect(cubic, opaque_double(2), 5));
  mix_double(bisect(cubic, opaque_double(-3), 0));
  for (int32_t angle = -100000; angle <= 100000; angle += 9973) {
    int32_t x, y;
    cordic(opaque(angle), &x, &y);
    mix((uint32_t)x ^ (uint32_t)y << 3);
  }
  return finish();
}
