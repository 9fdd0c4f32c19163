// A floating-point number in decimal digits, all of them.
#pragma once

#include <stdint.h>

enum { kMostDigits = 17000 };  // the least long double has 16,445 behind the point
typedef struct {
  char digits[kMostDigits];  // 0 to 9
  int count;
  int point;  // digits before the decimal point; may be negative or larger than count
} Decimal;

/// mantissa * 2 ^ power; no digits for 0.
void decimal_of(Decimal* d, uint64_t mantissa, int power);
/// To `keep` digits, if it has more; half to even.
void round_to(Decimal* d, int keep);
