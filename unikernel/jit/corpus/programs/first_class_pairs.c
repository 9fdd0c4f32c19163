// Pairs as results, in phis and selects: what optimizers make first-class structures of.
#include "corpus.h"

struct Division {
  uint32_t quotient, remainder;
};
struct Range {
  int64_t low, high;
};
typedef _Complex double Complex;

__attribute__((noinline)) static struct Division divide(uint32_t a, uint32_t b) {
  return (struct Division){a / b, a % b};
}
__attribute__((noinline)) static struct Range unite(struct Range a, struct Range b) {
  if (a.low > a.high) return b;
  if (b.low > b.high) return a;
  return (struct Range){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
__attribute__((noinline)) static Complex square(double re, double im) {
  Complex result;
  __real__ result = re * re - im * im;
  __imag__ result = 2 * re * im;
  return result;
}

int guest_main(int argument) {
  struct Range all = {1, 0};
  Complex z = 0;
  for (uint32_t i = 1; i < 40; ++i) {
    const struct Division d = divide((uint32_t)opaque((int)(i * 7919)), i + (uint32_t)argument);
    const struct Division chosen = i & 2 ? d : divide(d.quotient, 3);
    mix(chosen.quotient * 65537 + chosen.remainder);
    const int64_t middle = (int64_t)d.quotient * (i & 1 ? -1000003 : 1000003);
    all = unite(all, (struct Range){middle - i, middle + i});
    mix64((uint64_t)all.low);
    mix64((uint64_t)all.high);
    z = square(__real__ z + 0.25, __imag__ z - 0.5) + z;
    mix_double(__real__ z);
    mix_double(__imag__ z);
  }
  return finish();
}
