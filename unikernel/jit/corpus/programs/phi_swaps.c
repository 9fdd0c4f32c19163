// Values that change places round a loop: parallel copies, with cycles of two, three and more.
#include "corpus.h"

static uint32_t fibonacci(uint32_t n) {
  uint32_t a = 0, b = 1;
  while (n-- > 0) {
    const uint32_t next = a + b;
    a = b;
    b = next;
  }
  return a;
}

int guest_main(int argument) {
  uint32_t a = 1, b = 2, c = 3, d = (uint32_t)opaque(argument);
  uint64_t wide = 5, other = 7;
  double x = 0.5, y = -1.5;
  for (int i = 0; i < opaque(50); ++i) {
    uint32_t kept = a;
    a = b;
    b = c;
    c = d;
    d = kept;
    if (i % 3 == 0) kept = a, a = b, b = kept;
    if (i % 7 == 0) a += d;
    const uint64_t wide_kept = wide;
    wide = other;
    other = wide_kept + a;
    const double real_kept = x;
    x = y;
    y = real_kept * 0.75 + 1;
    mix(a ^ b << 8 ^ c << 16 ^ d << 24);
    mix64(wide);
    mix_double(x);
    mix(fibonacci((uint32_t)i));
  }
  mix64(other);
  mix_double(y);
  return finish();
}
