// Small loops that are left after each number of rounds, at their begin, in the middle and at their
// end: by a count, by what they find, or both; with ways of several lengths, values that change
// places, and ends that nothing joins.
#include "corpus.h"

static uint8_t g_bytes[80];

static uint32_t counted(uint32_t rounds) {
  uint32_t sum = 1;
  for (uint32_t i = 0; i < rounds; ++i) sum = sum * 31 + i;
  return sum;
}
static uint32_t at_least_once(uint32_t rounds) {
  uint32_t sum = 7;
  do {
    sum ^= sum << 3;
    sum += rounds;
  } while (rounds-- > 0);
  return sum;
}
static uint32_t length(const uint8_t* at) {
  const uint8_t* const begin = at;
  while (*at != 0) ++at;
  return (uint32_t)(at - begin);
}
static uint32_t found(const uint8_t* bytes, uint32_t count, uint32_t byte) {
  for (uint32_t i = 0; i < count; ++i) {
    if (bytes[i] == byte) return i * 2 + 1;
  }
  return count;
}
static uint32_t by_two_ways(uint32_t rounds, uint32_t state) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < rounds; ++i) {
    state = state * 1664525u + 1013904223u;
    if (state & 0x800000u) sum = (sum ^ state >> 5) * 9 + (state & 15);
  }
  return sum;
}
static uint32_t places_exchanged(uint32_t rounds) {
  uint32_t a = 1, b = 2, c = rounds;
  for (; rounds > 0; --rounds) {
    const uint32_t kept = a;
    a = b;
    b = c;
    c = kept + rounds;
  }
  return a ^ b << 10 ^ c << 20;
}
static uint32_t several_ends(uint32_t n) {
  uint32_t steps = 0;
  while (n != 1) {
    ++steps;
    if (n % 2 == 0) {
      n /= 2;
      continue;
    }
    if (steps > 70) return n;
    n = 3 * n + 1;
  }
  return steps;
}
static uint64_t greatest_divisor(uint64_t a, uint64_t b) {
  while (b != 0) {
    const uint64_t rest = a - a / b * b;
    a = b;
    b = rest;
  }
  return a;
}
static double halves(double x, double limit) {
  while (x > limit) x *= 0.5;
  return x;
}
static uint32_t one_in_another(uint32_t rows, uint32_t columns) {
  uint32_t sum = 0;
  for (uint32_t r = 0; r < rows; ++r) {
    for (uint32_t c = r; c < columns; ++c) {
      if (((sum += r * c) & 31) == 30) break;
    }
    sum += sum >> 7;
  }
  return sum;
}

int guest_main(int argument) {
  const uint32_t most = (uint32_t)opaque(argument) + 34;
  for (uint32_t n = 0; n < most; ++n) {
    for (uint32_t i = 0; i < n; ++i) g_bytes[i] = (uint8_t)(i * 7 + 1);
    g_bytes[n] = 0;
    mix(counted(n));
    mix(at_least_once(n));
    mix(length(g_bytes));
    mix(found(g_bytes, n, n * 3 + 1));
    mix(by_two_ways(n, n));
    mix(places_exchanged(n));
    mix(several_ends(n + 1));
    mix64(greatest_divisor(n * 1000003u, 78498));
    mix_double(halves(n * 1000.0, 0.7));
    mix(one_in_another(n, 20));
  }
  return finish();
}
