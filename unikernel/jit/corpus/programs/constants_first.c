// Comparisons and differences with the constant before the variable, as -O0 leaves them: with
// operands exchanged they must mean the same, also where both are equal.
#include "corpus.h"

#define OPERATORS(X, c) X(==, c) X(!=, c) X(<, c) X(<=, c) X(>, c) X(>=, c)

// As a value, a branch, and a choice; against a sum, too, which stands nowhere yet.
#define VALUE(op, c) bits = bits * 2 + (uint32_t)((c)op x);
#define BRANCH(op, c) \
  if ((c)op x) bits += 77777;
#define LOOP(op, c) \
  for (int i = 0; i < 3 && (c)op x; ++i) bits = bits * 5 + 1;
#define CHOICE(op, c) bits ^= (c)op x ? bits >> 3 : bits << 1;
#define SUM(op, c) \
  if ((c)op(y + x)) bits += 333;
#define COMPARISONS(name, type, c)                                 \
  __attribute__((noinline)) static uint32_t name(type x, type y) { \
    uint32_t bits = 1;                                             \
    OPERATORS(VALUE, c)                                            \
    OPERATORS(BRANCH, c)                                           \
    OPERATORS(LOOP, c)                                             \
    OPERATORS(CHOICE, c)                                           \
    OPERATORS(SUM, c)                                              \
    return bits;                                                   \
  }

COMPARISONS(with_int, int32_t, 5)
COMPARISONS(with_negative, int32_t, -3)
COMPARISONS(with_unsigned, uint32_t, 6u)
COMPARISONS(with_half, uint32_t, 0x80000000u)
COMPARISONS(with_long, int64_t, 5000000000ll)
COMPARISONS(with_unsigned_long, uint64_t, 4ull)
COMPARISONS(with_short, int16_t, 5)
COMPARISONS(with_float, float, 2.5f)
COMPARISONS(with_double, double, 5.0)

// A sum less a product, and a product less a sum: one waits where the other is computed.
__attribute__((noinline)) static uint32_t differences(uint32_t a, uint32_t b, uint32_t* p) {
  uint32_t r = 100 - a;
  r = r * 3 - (a * 7 + 1 - (b ^ 5));
  r = (b - (a + r * 9)) - ((a ^ r) - (b << 3));
  r = *p - (b * 5 + r);
  *p = (r & 255) - *p;
  r = (a | 1) - (*p + b) - (7 - (r ^ b));
  return (uint8_t)(3 - (uint8_t)r) + (r - *p);
}

int guest_main(int argument) {
  uint32_t place = (uint32_t)argument;
  for (int i = -6; i < 10; ++i) {
    const int x = opaque(i);
    mix(with_int(x, 1));
    mix(with_negative(x, -2));
    mix(with_unsigned((uint32_t)x, 3));
    mix(with_half(0x80000000u + (uint32_t)x, 1));
    mix(with_long(5000000000ll + x, 2));
    mix(with_long(x, 5000000000ll));
    mix(with_unsigned_long((uint64_t)(int64_t)x, 2));
    mix(with_short((int16_t)x, 2));
    mix(with_float((float)x / 2, 1));
    mix(with_double(x, -1));
    mix(differences((uint32_t)x, (uint32_t)(x * 77), &place));
  }
  mix(place);
  return finish();
}
