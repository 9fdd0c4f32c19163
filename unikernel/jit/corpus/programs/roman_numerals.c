// Roman numerals written and read.
#include "corpus.h"

static const struct {
  int value;
  char text[3];
} kParts[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
              {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};

static int write(int value, char* to) {
  char* const start = to;
  for (size_t i = 0; i < COUNT(kParts); ++i) {
    for (; value >= kParts[i].value; value -= kParts[i].value) {
      for (const char* c = kParts[i].text; *c; ++c) *to++ = *c;
    }
  }
  *to = 0;
  return (int)(to - start);
}
static int digit(char c) {
  switch (c) {
    case 'I':
      return 1;
    case 'V':
      return 5;
    case 'X':
      return 10;
    case 'L':
      return 50;
    case 'C':
      return 100;
    case 'D':
      return 500;
    case 'M':
      return 1000;
    default:
      return 0;
  }
}
static int read(const char* text) {
  int sum = 0;
  for (; *text; ++text) sum += digit(text[0]) < digit(text[1]) ? -digit(text[0]) : digit(text[0]);
  return sum;
}

int guest_main(int argument) {
  int longest = 0;
  char text[20];
  for (int value = 1; value < 4000; value += 6 + argument) {
    const int length = write(opaque(value), text);
    if (read(text) != value) guest_exit(1);
    if (length > longest) {
      longest = length;
      print(text);
      print("\n");
    }
    mix_bytes(text, (size_t)length);
  }
  return finish();
}
