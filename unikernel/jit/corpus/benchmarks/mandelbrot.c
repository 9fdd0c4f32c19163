// The Mandelbrot set in doubles.
// Argument: 100
#include "corpus.h"

int guest_main(int argument) {
  const int size = opaque(argument);
  uint32_t inside = 0;
  for (int row = 0; row < size; ++row) {
    const double y = 2.0 * row / size - 1.0;
    for (int column = 0; column < size; ++column) {
      const double x = 3.0 * column / size - 2.0;
      double a = 0, b = 0, aa = 0, bb = 0;
      int count = 0;
      for (; count < 100 && aa + bb <= 4.0; ++count) {
        b = 2 * a * b + y;
        a = aa - bb + x;
        aa = a * a;
        bb = b * b;
      }
      inside += count == 100;
      mix((uint32_t)count);
    }
  }
  print_unsigned(inside);
  print(" inside\n");
  return finish();
}
