// Calls in last position, direct and through pointers, deeper than a stack would carry unoptimized.
#include "corpus.h"

typedef uint32_t (*Next)(uint32_t, uint32_t);
static uint32_t even(uint32_t n, uint32_t sum);
static uint32_t odd(uint32_t n, uint32_t sum) { return n == 0 ? sum : even(n - 1, sum * 3 + 1); }
static uint32_t even(uint32_t n, uint32_t sum) { return n == 0 ? ~sum : odd(n - 1, sum ^ n); }
static uint32_t product(uint32_t n, uint32_t accumulated) {
  return n < 2 ? accumulated : product(n - 1, accumulated * n);
}
static uint32_t leave(uint32_t n, uint32_t sum) { return n + sum; }
static const Next kNext[] = {odd, even, product, leave};
static uint32_t dispatch(uint32_t n, uint32_t sum) { return kNext[(n + sum) & 3](n, sum); }

int guest_main(int argument) {
  mix(odd((uint32_t)opaque(400), (uint32_t)argument));
  mix(product((uint32_t)opaque(12), 1));
  for (uint32_t i = 0; i < 40; ++i) mix(dispatch((uint32_t)opaque((int)i), i * 7));
  return finish();
}
