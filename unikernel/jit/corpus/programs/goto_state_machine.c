// A machine of labels and gotos that recognizes numbers such as -12.5e+3.
#include "corpus.h"

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static int recognizes(const char* text, int* digits) {
  *digits = 0;
  if (*text == '-' || *text == '+') ++text;
  if (!is_digit(*text)) goto reject;
whole:
  ++*digits;
  ++text;
  if (is_digit(*text)) goto whole;
  if (*text == '.') goto fraction;
  if (*text == 'e') goto exponent;
  goto end;
fraction:
  ++text;
  if (is_digit(*text)) {
    ++*digits;
    goto fraction;
  }
  if (*text == 'e') goto exponent;
  goto end;
exponent:
  ++text;
  if (*text == '-' || *text == '+') ++text;
  if (!is_digit(*text)) goto reject;
  while (is_digit(*text)) ++text;
end:
  return *text == 0;
reject:
  return 0;
}

int guest_main(int argument) {
  static const char* const kTexts[] = {"1",  "-12.5e+3", "",    "-",         "1.",  ".5",
                                       "1e", "1e9",      "77x", "+0.25e-07", "1e+", "1..2"};
  for (size_t i = 0; i < COUNT(kTexts); ++i) {
    const char* text = kTexts[(i * 5 + (size_t)argument) % COUNT(kTexts)];
    int digits;
    const int accepted = recognizes(text, &digits);
    print(text);
    print(accepted ? " yes\n" : " no\n");
    mix((uint32_t)(accepted * 100 + digits));
  }
  return finish();
}
