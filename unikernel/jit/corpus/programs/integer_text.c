// Integers in all bases from 2 to 36, signed, padded, and read back with detection of overflow.
#include "corpus.h"

static int write(int64_t value, unsigned base, char* to) {
  char digits[66];
  int count = 0, written = 0;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do {
    digits[count++] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % base];
    rest /= base;
  } while (rest);
  if (value < 0) to[written++] = '-';
  while (count > 0) to[written++] = digits[--count];
  to[written] = 0;
  return written;
}
static int read(const char* text, unsigned base, int64_t* value) {
  const int negative = *text == '-';
  *value = 0;
  for (text += negative; *text; ++text) {
    const unsigned digit = *text <= '9' ? (unsigned)(*text - '0') : (unsigned)(*text - 'a') + 10;
    int64_t scaled;
    if (digit >= base || (*value != 0 && *value > INT64_MAX / (int64_t)base)) return 0;
    scaled = *value * (int64_t)base;
    if (__builtin_add_overflow(scaled, (int64_t)digit, value)) return 0;
  }
  if (negative) *value = -*value;
  return 1;
}

int guest_main(int argument) {
  static const int64_t kValues[] = {0,           1,         -1,         35,           INT32_MAX,
                                    -4294967296, INT64_MAX, -INT64_MAX, 1234567890123};
  char text[70];
  for (unsigned base = 2; base <= 36; base += 1 + (unsigned)argument) {
    for (size_t i = 0; i < COUNT(kValues); ++i) {
      const int64_t value = opaque64(kValues[i]);
      int64_t back;
      mix((uint32_t)write(value, base, text));
      mix_bytes(text, strlen(text));
      if (!read(text, base, &back) || back != value) guest_exit(1);
    }
  }
  int64_t none;
  mix((uint32_t)read("9223372036854775808", 10, &none) + 2 * (uint32_t)read("12x", 10, &none));
  write(INT64_MIN, (unsigned)opaque(16), text);
  print(text);
  print("\n");
  return finish();
}
