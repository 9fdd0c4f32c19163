// Doubles printed with their digits and read back, by integer arithmetic only.
#include "corpus.h"

static void print_fixed(double value, int digits) {
  if (value != value) {
    print("nan");
    return;
  }
  if (__builtin_signbit(value)) print("-"), value = -value;
  if (value > 1e15) {
    print(value > 1e308 * 1.7 ? "inf" : "large");
    return;
  }
  double scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const uint64_t scaled = (uint64_t)(value * scale + 0.5);
  const uint64_t unit = (uint64_t)scale;
  print_unsigned((uint32_t)(scaled / unit));
  print(".");
  uint64_t rest = scaled % unit;
  for (uint64_t place = unit / 10; place > 0; place /= 10) {
    const char digit = (char)('0' + rest / place);
    rest %= place;
    guest_write(&digit, 1);
  }
}
static double read(const char* text) {
  double value = 0, place = 1;
  const int negative = *text == '-';
  for (text += negative; *text >= '0' && *text <= '9'; ++text) value = value * 10 + (*text - '0');
  if (*text == '.') {
    for (++text; *text >= '0' && *text <= '9'; ++text) value += (*text - '0') * (place /= 10);
  }
  return negative ? -value : value;
}

int guest_main(int argument) {
  static const char* const kTexts[] = {"0",           "-0.0",         "3.14159",    "-2.5",
                                       "1000000.125", "0.0009765625", "99999.99999"};
  for (size_t i = 0; i < COUNT(kTexts); ++i) {
    const double value = read(kTexts[(size_t)opaque((int)i)]) * argument;
    print_fixed(value, 4);
    print(" ");
    mix_double(value);
  }
  print_fixed(opaque_double(1.0) / opaque_double(0.0), 2);
  print_fixed(opaque_double(0.0) / opaque_double(0.0), 2);
  print("\n");
  return finish();
}
