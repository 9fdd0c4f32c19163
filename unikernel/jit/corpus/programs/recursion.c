// Recursion: plain, mutual, nested in its own argument, and deep.
#include "corpus.h"

static int is_odd(int n);
static int is_even(int n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(int n) { return n == 0 ? 0 : is_even(n - 1); }

static uint32_t ackermann(uint32_t m, uint32_t n) {
  if (m == 0) return n + 1;
  if (n == 0) return ackermann(m - 1, 1);
  return ackermann(m - 1, ackermann(m, n - 1));
}
static int mccarthy(int n) { return n > 100 ? n - 10 : mccarthy(mccarthy(n + 11)); }
static int female(int n);
static int male(int n) { return n == 0 ? 0 : n - female(male(n - 1)); }
static int female(int n) { return n == 0 ? 1 : n - male(female(n - 1)); }

// Not a tail call: every frame keeps an array alive.
static uint32_t deep(int depth, const uint32_t* above) {
  const uint32_t own[3] = {above[2] + 1, above[0] ^ (uint32_t)depth, above[1] * 3};
  if (depth == 0) return own[0] + own[1];
  const uint32_t below = deep(depth - 1, own);
  return below * 31 + own[(uint32_t)depth % 3];
}

int guest_main(int argument) {
  mix((uint32_t)is_even(opaque(200)) * 2 + (uint32_t)is_odd(opaque(77)));
  mix(ackermann(2, (uint32_t)opaque(9)));
  for (int i = 80; i < 105; ++i) mix((uint32_t)mccarthy(i));
  for (int i = 0; i < 25; ++i) mix((uint32_t)(male(i) * 64 + female(i)));
  const uint32_t start[3] = {1, 2, (uint32_t)argument};
  mix(deep(opaque(500), start));
  return finish();
}
