// Structures, 64-bit integers and doubles through "...", and lists handed to other functions.
#include "corpus.h"

#include <stdarg.h>

struct Pair {
  int a, b;
};
struct Triple {
  double x;
  int64_t y;
  char z[5];
};

static double total(const char* kinds, va_list* arguments) {
  double sum = 0;
  for (; *kinds; ++kinds) {
    switch (*kinds) {
      case 'i':
        sum += va_arg(*arguments, int);
        break;
      case 'l':
        sum += (double)va_arg(*arguments, int64_t);
        break;
      case 'd':
        sum += va_arg(*arguments, double);
        break;
      case 'p': {
        const struct Pair pair = va_arg(*arguments, struct Pair);
        sum += pair.a * 2 - pair.b;
        break;
      }
      case 't': {
        const struct Triple triple = va_arg(*arguments, struct Triple);
        sum += triple.x + (double)triple.y + triple.z[4];
        break;
      }
    }
  }
  return sum;
}
static double sum_of(const char* kinds, ...) {
  va_list arguments;
  va_start(arguments, kinds);
  double sum = total(kinds, &arguments);
  sum += total("ii", &arguments);
  va_end(arguments);
  return sum;
}
static int largest(int count, ...) {
  va_list arguments;
  va_start(arguments, count);
  int best = INT32_MIN;
  while (count-- > 0) {
    const int value = va_arg(arguments, int);
    if (value > best) best = value;
  }
  va_end(arguments);
  return best;
}

int guest_main(int argument) {
  const struct Pair pair = {opaque(10), argument};
  const struct Triple triple = {0.5, 1ll << 33, "abcd"};
  mix_double(sum_of("ipdl", 1, pair, opaque_double(0.25), opaque64(1ll << 35), 3, 4));
  mix_double(sum_of("tptd", triple, pair, triple, -1.0, opaque(5), 6));
  mix_double(sum_of("", 7, opaque(8)));
  mix((uint32_t)largest(5, 3, opaque(-9), 44, argument, 12));
  mix((uint32_t)largest(0));
  int (*indirect)(int, ...) = opaque(1) ? largest : 0;
  mix((uint32_t)indirect(3, (short)-5, 'a', opaque(2)));
  return finish();
}
