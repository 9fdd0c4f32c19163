// The Mandelbrot set in fixed-point arithmetic of 16.16 bits, as letters.
#include "corpus.h"

typedef int32_t Fixed;
static Fixed times(Fixed a, Fixed b) { return (Fixed)((int64_t)a * b >> 16); }

static int iterations(Fixed x, Fixed y) {
  Fixed a = 0, b = 0;
  for (int i = 0; i < 60; ++i) {
    const Fixed aa = times(a, a), bb = times(b, b);
    if (aa + bb > 4 << 16) return i;
    b = 2 * times(a, b) + y;
    a = aa - bb + x;
  }
  return 60;
}

int guest_main(int argument) {
  for (int row = 0; row < 11; ++row) {
    char line[41];
    for (int column = 0; column < 40; ++column) {
      const Fixed x = (column - 28) * (3 << 16) / opaque(40);
      const Fixed y = (row - 5) * (argument << 16) / opaque(5);
      const int count = iterations(x, y);
      mix((uint32_t)count);
      line[column] = count == 60 ? '#' : (char)('a' + count % 26);
    }
    line[40] = '\n';
    guest_write(line, sizeof line);
  }
  return finish();
}
