// Decimal digits in half bytes: sums with corrections, a clock, a check of card numbers.
#include "corpus.h"

static uint32_t add_decimal(uint32_t a, uint32_t b) {
  const uint32_t sum = a + 0x06666666u;
  const uint32_t carries = sum + b;
  const uint32_t no_carry = ~((sum ^ b) ^ carries) & 0x11111110u;
  return carries - (no_carry >> 2 | no_carry >> 3);
}
static uint32_t to_decimal(uint32_t value) {
  uint32_t result = 0;
  for (int shift = 0; value; shift += 4, value /= 10) result |= value % 10 << shift;
  return result;
}
static uint32_t from_decimal(uint32_t value) {
  uint32_t result = 0;
  for (int shift = 28; shift >= 0; shift -= 4) result = result * 10 + (value >> shift & 15);
  return result;
}
static int luhn(const char* digits) {
  int sum = 0;
  const size_t length = strlen(digits);
  for (size_t i = 0; i < length; ++i) {
    int digit = digits[length - 1 - i] - '0';
    if (i & 1) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 == 0;
}
struct Clock {
  uint8_t second, minute, hour;
};
static void tick(struct Clock* clock) {
  clock->second = (uint8_t)add_decimal(clock->second, 1);
  if (clock->second < 0x60) return;
  clock->second = 0;
  clock->minute = (uint8_t)add_decimal(clock->minute, 1);
  if (clock->minute < 0x60) return;
  clock->minute = 0;
  clock->hour = clock->hour == 0x23 ? 0 : (uint8_t)add_decimal(clock->hour, 1);
}

int guest_main(int argument) {
  for (uint32_t a = 0; a < 5000000; a += 123457) {
    const uint32_t b = (uint32_t)opaque((int)(a * 7 % 4999999));
    const uint32_t sum = add_decimal(to_decimal(a), to_decimal(b));
    if (from_decimal(sum) != a + b) guest_exit(1);
    mix(sum);
  }
  struct Clock clock = {0x55, 0x59, 0x23};
  for (int i = 0; i < 4000; ++i) tick(&clock);
  mix(clock.second | (uint32_t)clock.minute << 8 | (uint32_t)clock.hour << 16);
  static const char* const kNumbers[] = {"4539578763621486", "79927398713", "79927398710", "0",
                                         "18"};
  for (size_t i = 0; i < COUNT(kNumbers); ++i)
    mix((uint32_t)luhn(kNumbers[(i + (size_t)argument) % COUNT(kNumbers)]));
  return finish();
}
