// Collatz' sequences, perfect numbers, digit sums, palindromes, happy numbers.
#include "corpus.h"

static int collatz(uint64_t n) {
  int steps = 0;
  for (; n != 1; ++steps) n = n & 1 ? 3 * n + 1 : n >> 1;
  return steps;
}
static uint32_t divisor_sum(uint32_t n) {
  uint32_t sum = 1;
  for (uint32_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) sum += d * d == n ? d : d + n / d;
  }
  return sum;
}
static uint32_t reversed(uint32_t n) {
  uint32_t result = 0;
  for (; n; n /= 10) result = result * 10 + n % 10;
  return result;
}
static int is_happy(uint32_t n) {
  for (int i = 0; i < 50 && n != 1; ++i) {
    uint32_t sum = 0;
    for (; n; n /= 10) sum += (n % 10) * (n % 10);
    n = sum;
  }
  return n == 1;
}

int guest_main(int argument) {
  int longest = 0, start = 0;
  for (int n = 1; n < 600; ++n) {
    const int steps = collatz((uint64_t)opaque(n));
    if (steps > longest) longest = steps, start = n;
    mix((uint32_t)(steps * 2 + is_happy((uint32_t)n)));
  }
  mix((uint32_t)collatz(837799));
  for (uint32_t n = 2; n < 500; ++n) {
    if (divisor_sum(n) == n) {
      print_unsigned(n);
      print(" ");
    }
    mix((uint32_t)(reversed(n + (uint32_t)argument) == n + (uint32_t)argument));
  }
  print_unsigned((uint32_t)start);
  print("\n");
  return finish();
}
