// Greatest common divisors, powers and inverses modulo primes, Miller and Rabin's test, factors.
#include "corpus.h"

static uint64_t gcd(uint64_t a, uint64_t b) { return b == 0 ? a : gcd(b, a % b); }
static uint64_t binary_gcd(uint64_t a, uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  const int shift = __builtin_ctzll(a | b);
  a >>= __builtin_ctzll(a);
  do {
    b >>= __builtin_ctzll(b);
    if (a > b) {
      const uint64_t kept = a;
      a = b;
      b = kept;
    }
    b -= a;
  } while (b != 0);
  return a << shift;
}
static uint32_t power(uint32_t base, uint32_t exponent, uint32_t modulus) {
  uint64_t result = 1, square = base % modulus;
  for (; exponent; exponent >>= 1, square = square * square % modulus) {
    if (exponent & 1) result = result * square % modulus;
  }
  return (uint32_t)result;
}
static int is_prime(uint32_t n) {
  static const uint32_t kBases[] = {2, 3, 5, 7};
  if (n < 2 || n % 2 == 0) return n == 2;
  const int twos = __builtin_ctz(n - 1);
  for (size_t i = 0; i < COUNT(kBases) && kBases[i] < n; ++i) {
    uint64_t x = power(kBases[i], (n - 1) >> twos, n);
    int passed = x == 1 || x == n - 1;
    for (int r = 1; r < twos && !passed; ++r) {
      x = x * x % n;
      passed = x == n - 1;
    }
    if (!passed) return 0;
  }
  return 1;
}
static int64_t inverse(int64_t a, int64_t modulus) {
  int64_t r = modulus, next_r = a % modulus, t = 0, next_t = 1;
  while (next_r != 0) {
    const int64_t quotient = r / next_r, kept_r = r - quotient * next_r,
                  kept_t = t - quotient * next_t;
    r = next_r, next_r = kept_r;
    t = next_t, next_t = kept_t;
  }
  return t < 0 ? t + modulus : t;
}

int guest_main(int argument) {
  uint64_t state = (uint64_t)argument;
  for (int i = 0; i < 60; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const uint64_t a = (state >> 20) * 12, b = (state >> 33) * 18 + 6;
    if (gcd(a, b) != binary_gcd(a, b)) guest_exit(1);
    mix64(gcd(a, b));
    mix(power((uint32_t)state, (uint32_t)(state >> 32), 1000000007));
    mix64((uint64_t)inverse((int64_t)(state >> 40) + 1, 1000000007));
    mix((uint32_t)is_prime((uint32_t)opaque(4294967) * 1000u + (uint32_t)i));
  }
  uint32_t primes = 0;
  for (uint32_t n = 0; n < 1000; ++n) primes += (uint32_t)is_prime(n);
  return primes == 168 ? finish() : 2;
}
