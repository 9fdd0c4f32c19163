#include "decimal.h"

#include <string.h>

enum { kAtOnce = 24 };  // so that ten times what is carried fits 32 bits

/// By 2 ^ by: each power makes one digit more.
static void divide(Decimal* d, int by) {
  uint32_t rest = 0;
  for (int i = 0; i < d->count || rest != 0; ++i) {
    if (i == d->count) d->digits[d->count++] = 0;
    const uint32_t value = rest * 10 + (uint32_t)d->digits[i];
    d->digits[i] = (char)(value >> by);
    rest = value & ((1u << by) - 1);
  }
}
static void multiply(Decimal* d, int by) {
  uint32_t carry = 0;
  for (int i = d->count; i-- > 0;) {
    const uint32_t value = ((uint32_t)d->digits[i] << by) + carry;
    d->digits[i] = (char)(value % 10);
    carry = value / 10;
  }
  int more = 0;
  for (uint32_t rest = carry; rest != 0; rest /= 10) ++more;
  memmove(d->digits + more, d->digits, (size_t)d->count);
  for (int i = more; i-- > 0; carry /= 10) d->digits[i] = (char)(carry % 10);
  d->count += more;
  d->point += more;
}
/// No zeros in front.
static void trim(Decimal* d) {
  int zeros = 0;
  while (zeros < d->count && d->digits[zeros] == 0) ++zeros;
  memmove(d->digits, d->digits + zeros, (size_t)(d->count - zeros));
  d->count -= zeros;
  d->point -= zeros;
  if (d->count == 0) d->point = 1;
}
void decimal_of(Decimal* d, uint64_t mantissa, int power) {
  char text[24];
  int at = sizeof text;
  for (; mantissa != 0; mantissa /= 10) text[--at] = (char)(mantissa % 10);
  d->count = (int)sizeof text - at;
  d->point = d->count;
  memcpy(d->digits, text + at, (size_t)d->count);
  for (; power > 0; power -= kAtOnce) multiply(d, power < kAtOnce ? power : kAtOnce);
  for (; power < 0; power += kAtOnce) divide(d, -power < kAtOnce ? -power : kAtOnce);
  trim(d);
}
// To `keep` digits; half to even.
void round_to(Decimal* d, int keep) {
  if (keep >= d->count) return;
  int up = 0;
  if (keep >= 0) {
    int beyond = 0;
    for (int i = keep + 1; i < d->count; ++i) beyond |= d->digits[i];
    const int next = d->digits[keep];
    up = next > 5 || (next == 5 && (beyond != 0 || (keep > 0 && d->digits[keep - 1] % 2 != 0)));
  }
  if (keep < 0) keep = 0;
  d->count = keep;
  for (int i = keep; up && i-- > 0;) {
    up = d->digits[i] == 9;
    d->digits[i] = (char)(up ? 0 : d->digits[i] + 1);
  }
  if (!up) return;
  memmove(d->digits + 1, d->digits, (size_t)d->count);
  d->digits[0] = 1;
  ++d->count;
  ++d->point;
}
