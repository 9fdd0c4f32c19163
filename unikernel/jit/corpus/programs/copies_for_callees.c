// Structures that are passed by value get copies of their own, side by side, whatever their sizes;
// behind several of them, variadic arguments begin where the callee looks for them.
#include "corpus.h"

#include <stdarg.h>

struct One {
  char bytes[1];
};
struct Five {
  char bytes[5];
};
struct Seven {
  char bytes[7];
};
struct Seventeen {
  char bytes[17];
};
struct Words {
  int a, b, c, d, e;
};

static void fill(void* to, int size, int seed) {
  for (int i = 0; i < size; ++i) ((char*)to)[i] = (char)opaque(seed + i * 7);
}

__attribute__((noinline)) static uint32_t three(struct Seventeen a, struct Five b,
                                                struct Seventeen c) {
  mix_bytes(&a, sizeof a);
  mix_bytes(&b, sizeof b);
  mix_bytes(&c, sizeof c);
  a.bytes[16] = b.bytes[4] = c.bytes[0] = 1;  // they are the callee's
  mix_bytes(&a, sizeof a);
  mix_bytes(&c, sizeof c);
  return (uint32_t)(a.bytes[0] + b.bytes[0] + c.bytes[16]);
}

__attribute__((noinline)) static int behind_two(struct Five a, struct Words b, int count, ...) {
  va_list arguments;
  va_start(arguments, count);
  int sum = a.bytes[4] * 3 + b.e;
  while (count-- > 0) sum = sum * 31 + va_arg(arguments, int);
  va_end(arguments);
  return sum;
}

__attribute__((noinline)) static int behind_three(struct Words a, struct One b, struct Seven c,
                                                  ...) {
  va_list arguments;
  va_start(arguments, c);
  int sum = a.a + b.bytes[0] * 5 + c.bytes[6] * 7;
  sum = sum * 31 + va_arg(arguments, int);
  const struct Five five = va_arg(arguments, struct Five);
  mix_bytes(&five, sizeof five);
  sum = sum * 31 + va_arg(arguments, int);
  const struct Seventeen large = va_arg(arguments, struct Seventeen);
  mix_bytes(&large, sizeof large);
  const struct Seven seven = va_arg(arguments, struct Seven);
  mix_bytes(&seven, sizeof seven);
  mix_double(va_arg(arguments, double));
  va_end(arguments);
  return sum;
}

int guest_main(int argument) {
  struct One one;
  struct Five five;
  struct Seven seven;
  struct Seventeen a, b;
  const struct Words words = {argument, opaque(2), -3, opaque(4), opaque(-5)};
  fill(&one, sizeof one, 1);
  fill(&five, sizeof five, 20);
  fill(&seven, sizeof seven, 300);
  fill(&a, sizeof a, 41);
  fill(&b, sizeof b, 142);
  mix(three(a, five, b));
  mix(three(b, five, a));
  mix((uint32_t)behind_two(five, words, 3, opaque(11), -12, opaque(13)));
  mix((uint32_t)behind_three(words, one, seven, opaque(7), five, opaque(-9), a, seven, 0.375));
  int (*const indirect)(struct Words, struct One, struct Seven, ...) = opaque(1) ? behind_three : 0;
  mix((uint32_t)indirect(words, one, seven, -1, five, 1000000, b, seven, -2.5));
  mix_bytes(&five, sizeof five);
  mix_bytes(&seven, sizeof seven);
  return finish();
}
