// long double: 64 bits of mantissa, from and to every other number, compared, passed, returned,
// kept in structures and arrays, among variadic arguments, and at its edges.
#include "corpus.h"

#include <stdarg.h>

static void mix_long(long double value) {
  if (value != value) {
    mix(0x7fff);  // a NaN counts as the same one
    return;
  }
  unsigned char bytes[sizeof value];
  memset(bytes, 0, sizeof bytes);
  memcpy(bytes, &value, 10);
  mix_bytes(bytes, 10);
}

static long double opaque_long(long double value) {
  volatile long double hidden = value;
  return hidden;
}

struct Item {
  char tag;
  long double number;
  short more;
};

__attribute__((noinline)) static long double sum_of(int count, ...) {
  va_list list;
  va_start(list, count);
  long double sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += va_arg(list, int);
    sum *= va_arg(list, long double);
    sum -= va_arg(list, double);
  }
  va_end(list);
  return sum;
}

__attribute__((noinline)) static struct Item scaled(struct Item item, long double by) {
  item.number *= by;
  item.tag += 1;
  return item;
}

__attribute__((noinline)) static long double chosen(int which, long double a, long double b) {
  return which ? a : b;
}

__attribute__((noinline)) static int order(long double a, long double b) {
  return (a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 | (a == b) << 4 | (a != b) << 5 |
         __builtin_isunordered(a, b) << 6 | __builtin_islessgreater(a, b) << 7 | !(a < b) << 8 |
         !(a >= b) << 9;
}

__attribute__((noinline)) static long double widened(const double* d, const float* f, const int* n,
                                                     const unsigned char* b, const long long* w) {
  long double sum = 0;
  for (int i = 0; i < 3; ++i) sum += (long double)d[i] * f[i] + n[i] - (long double)b[i] / w[i];
  return sum;
}

static long double power(long double base, int exponent) {
  long double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 != 0) result *= base;
  }
  return result;
}

static void numbers(void) {
  const long double third = opaque_long(1.0L) / 3;
  mix_long(third);
  mix_long(third * 3 - 1);
  mix_long(-third + 0x1p-70L);
  mix_long(power(opaque_long(10), 40));
  mix_long(power(opaque_long(2), 16000) * 1.5L);
  mix_long(power(opaque_long(2), 17000));
  mix_long(1 / power(opaque_long(2), 16400));
  mix_long(opaque_long(0) / opaque_long(0));
  mix_long(opaque_long(-0.0L) * 5);
  mix_long(__builtin_fabsl(opaque_long(-7.25L)));
  mix_long(__builtin_copysignl(opaque_long(2.5L), opaque_long(-0.0L)));
}

static void conversions(int argument) {
  mix_long(opaque(argument * -77));
  mix_long((unsigned)opaque(-1));
  mix_long(opaque64(-1234567890123456789));
  mix_long((uint64_t)opaque64(-1));
  mix_long((signed char)opaque(200));
  mix_long((unsigned short)opaque(70000));
  mix_long(opaque_float(0.1f));
  mix_long(opaque_double(0.1));
  const long double large = opaque_long(123456789.987654321L);
  mix((uint32_t)(int)large);
  mix((uint32_t)(int)-large);
  mix((uint32_t)(unsigned)(large * 30));
  mix64((uint64_t)(int64_t)(large * -1e10L));
  mix64((uint64_t)(large * 1e11L));
  mix((uint8_t)(large / 1000000));
  mix((uint32_t)(int)(short)(large / -10000));
  mix_float((float)large);
  mix_double((double)(large / 3));
  mix_float((float)opaque_long(1e300L));
}

int guest_main(int argument) {
  numbers();
  conversions(argument);
  const long double edges[] = {-__builtin_infl(), -1.5L, -0.0L,           0.0L,
                               3.6e-4951L,        1.0L,  1.0L + 0x1p-63L, __builtin_infl(),
                               __builtin_nanl("")};
  for (size_t a = 0; a < COUNT(edges); ++a) {
    for (size_t b = 0; b < COUNT(edges); ++b) {
      mix((uint32_t)order(opaque_long(edges[a]), edges[b]));
      mix_long(chosen((int)(a ^ b) & opaque(1), edges[a], edges[b]));
    }
  }
  struct Item items[3] = {{1, 1.25L, 2}, {3, -1e4000L, 4}, {5, 0x1p-16400L, 6}};
  for (size_t i = 0; i < COUNT(items); ++i) {
    const struct Item item = scaled(items[i], opaque(3) / 7.0L);
    mix_long(item.number);
    mix((uint32_t)(item.tag + item.more));
  }
  mix_long(sum_of(3, 1, 2.5L, 0.5, opaque(2), 1e-3L, 2.0, 3, 4.0L, 1.0 / 3));
  const _Complex long double z = (3.0L + argument) - 2.0Li;
  const _Complex long double w = z + z * 2.0L;
  mix_long(__real__ w);
  mix_long(__imag__ w);
  const double d[] = {0.1, 2.5, -1e200};
  const float f[] = {0.3f, -4, 1e-30f};
  const int n[] = {7, -9, argument};
  const unsigned char b[] = {200, 3, 0};
  const long long l[] = {3, -(1LL << 40), 11};
  mix_long(widened(d, f, n, b, l));
  long double sum = 0;
  for (int i = 1; i <= 500; ++i) sum += (i % 2 ? 4.0L : -4.0L) / (2 * i - 1);
  mix_long(sum);
  return finish();
}
