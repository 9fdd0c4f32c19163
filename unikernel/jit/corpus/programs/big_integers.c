// Numbers of many digits: factorials, powers, and their decimal text.
#include "corpus.h"

enum { kLimbs = 24 };
struct Big {
  uint32_t limbs[kLimbs];
};

static void multiply_small(struct Big* big, uint32_t by) {
  uint64_t carry = 0;
  for (int i = 0; i < kLimbs; ++i) {
    carry += (uint64_t)big->limbs[i] * by;
    big->limbs[i] = (uint32_t)carry;
    carry >>= 32;
  }
}
static uint32_t divide_small(struct Big* big, uint32_t by) {
  uint64_t rest = 0;
  for (int i = kLimbs; i-- > 0;) {
    rest = rest << 32 | big->limbs[i];
    big->limbs[i] = (uint32_t)(rest / by);
    rest %= by;
  }
  return (uint32_t)rest;
}
static struct Big add(const struct Big* a, const struct Big* b) {
  struct Big result;
  uint32_t carry = 0;
  for (int i = 0; i < kLimbs; ++i) {
    uint32_t sum;
    const uint32_t first = (uint32_t)__builtin_add_overflow(a->limbs[i], b->limbs[i], &sum);
    const uint32_t second = (uint32_t)__builtin_add_overflow(sum, carry, &result.limbs[i]);
    carry = first | second;
  }
  return result;
}
static void print_big(struct Big big) {
  char digits[kLimbs * 10];
  int at = (int)sizeof digits;
  do {
    uint32_t group = divide_small(&big, 1000000000u);
    for (int i = 0; i < 9; ++i, group /= 10) digits[--at] = (char)('0' + group % 10);
  } while (at > 9 && memcmp(&big, &(struct Big){{0}}, sizeof big) != 0);
  while (at < (int)sizeof digits - 1 && digits[at] == '0') ++at;
  guest_write(digits + at, (int)sizeof digits - at);
  print("\n");
}

int guest_main(int argument) {
  struct Big factorial = {{1}}, a = {{0}}, b = {{(uint32_t)argument}};
  for (uint32_t i = 2; i <= 60; ++i) multiply_small(&factorial, i);
  print_big(factorial);
  for (int i = 0; i < opaque(300); ++i) {
    const struct Big next = add(&a, &b);
    a = b;
    b = next;
  }
  print_big(a);
  print_big((struct Big){{0}});
  mix_bytes(&factorial, sizeof factorial);
  mix_bytes(&b, sizeof b);
  return finish();
}
