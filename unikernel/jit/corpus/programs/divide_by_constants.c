// Division by constants, which is a multiplication: by divisors whose factor is barely exact or
// needs a bit more, of the dividends at which a factor that is not exact shows first.
#include "corpus.h"

// clang-format off
#define DIVISORS(X)                                                                          \
  X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(19) X(21) X(25)    \
  X(27) X(28) X(31) X(32) X(37) X(53) X(60) X(64) X(95) X(100) X(107) X(125) X(127) X(128)   \
  X(133) X(219) X(255) X(256) X(257) X(274) X(365) X(511) X(641) X(1000) X(1001) X(1021)     \
  X(4095) X(4096) X(10000) X(65535) X(65536) X(65537) X(100000) X(146097) X(1000003)         \
  X(6700417) X(16777216) X(16777217) X(1000000007) X(1073741823) X(1073741824) X(1073741825) \
  X(2147483646) X(2147483647)
// clang-format on
#define LARGE_DIVISORS(X) \
  X(2147483648u) X(2147483649u) X(2863311531u) X(3000000019u) X(4294967294u) X(4294967295u)

// Quotients change at multiples: just below and at some of them, most of all the last.
static uint32_t dividend(uint32_t divisor, int which) {
  const uint32_t most = 0xffffffffu / divisor;
  const uint32_t times[] = {0, 1, 2, most / 2, most / 3 * 2, most - 1, most};
  return times[which / 3] * divisor + (uint32_t)(which % 3) - 1;
}
enum { kDividends = 21 };

// The same, as signed: around multiples of both signs.
static int32_t signed_dividend(int32_t divisor, int which) {
  const int32_t most = INT32_MAX / divisor;
  const int32_t times[] = {0, 1, -1, most / 2, -most / 2, most, -most};
  const int32_t multiple = times[which / 3] * divisor;
  const int32_t by = which % 3 - 1;
  return multiple > INT32_MAX - 1 || multiple < INT32_MIN + 1 ? multiple : multiple + by;
}

#define UNSIGNED(d)                                           \
  for (int i = 0; i < kDividends; ++i) {                      \
    const uint32_t n = (uint32_t)opaque((int)dividend(d, i)); \
    mix(n / (uint32_t)(d) ^ n % (uint32_t)(d) << 5);          \
  }                                                           \
  mix(0xffffffffu / (uint32_t)opaque(d) + (uint32_t)opaque(-1) / (uint32_t)(d));
#define SIGNED(d)                                                                     \
  for (int i = 0; i < kDividends; ++i) {                                              \
    const int32_t n = opaque(signed_dividend(d, i));                                  \
    mix((uint32_t)(n / (d)) ^ (uint32_t)(n % (d)) << 5);                              \
  }                                                                                   \
  mix((uint32_t)(opaque(INT32_MIN) / (d)) + (uint32_t)(opaque(INT32_MAX) % (d)) * 3 + \
      (uint32_t)(opaque(INT32_MIN + 1) % (d)) * 5 + (uint32_t)(opaque(INT32_MIN + 1) / (d)));

__attribute__((noinline)) static void unsigned_ones(void) { DIVISORS(UNSIGNED) }
__attribute__((noinline)) static void large_ones(void) { LARGE_DIVISORS(UNSIGNED) }
__attribute__((noinline)) static void signed_ones(void) { DIVISORS(SIGNED) }

// All dividends of 16 bits would be too many: all quotients' edges of a few.
#define NARROW(d)                                                     \
  for (uint32_t n = (d) - 1; n < 65536; n += (d) * (1 + 600 / (d))) { \
    const uint16_t below = (uint16_t)opaque((int)n);                  \
    mix(below / (d) + below % (d) * 7u);                              \
    mix((uint16_t)(below + 1) / (d));                                 \
  }                                                                   \
  mix((uint16_t)opaque(65535) / (d) + (uint16_t)opaque(65535 / (d) * (d) - 1) / (d));
#define NARROWS(X) X(3) X(7) X(10) X(19) X(100) X(641) X(1000) X(4097) X(10000) X(32767)
__attribute__((noinline)) static void narrow_ones(void) { NARROWS(NARROW) }

int guest_main(int argument) {
  mix((uint32_t)argument);
  unsigned_ones();
  large_ones();
  signed_ones();
  narrow_ones();
  return finish();
}
