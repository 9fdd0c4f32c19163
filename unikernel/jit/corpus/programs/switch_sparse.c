// Sparse switches: far values, negative ones, the extremes of int, on characters and enumerators.
#include "corpus.h"

enum Colour { kRed = 1, kGreen = 40, kBlue = 900, kNone = -1 };

static int sparse(int value) {
  switch (value) {
    case INT32_MIN:
      return 1;
    case -1000000:
      return 2;
    case -1:
      return 3;
    case 0:
      return 4;
    case 7:
      return 5;
    case 1000:
      return 6;
    case 65536:
      return 7;
    case 123456789:
      return 8;
    case INT32_MAX:
      return 9;
    default:
      return 0;
  }
}
static int letter(char c) {
  switch (c) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
      return 1;
    case '0':
    case '1':
    case '9':
      return 2;
    case ' ':
    case '\t':
    case '\n':
      return 3;
    case (char)0xff:
      return 4;
    default:
      return c < 0 ? 5 : 0;
  }
}
static const char* name_of(enum Colour colour) {
  switch (colour) {
    case kRed:
      return "red";
    case kGreen:
      return "green";
    case kBlue:
      return "blue";
    case kNone:
      break;
  }
  return "none";
}

int guest_main(int argument) {
  static const int kValues[] = {INT32_MIN, -1000000,  -1,        0, 7, 1000,
                                65536,     123456789, INT32_MAX, 8, -2};
  static const enum Colour kColours[] = {kNone, kBlue, kRed, kGreen};
  for (size_t i = 0; i < COUNT(kValues); ++i) mix((uint32_t)sparse(opaque(kValues[i])));
  for (int c = -128; c < 128; ++c) mix((uint32_t)letter((char)opaque(c)));
  for (int i = 0; i < 4; ++i) print(name_of(kColours[(i + opaque(argument)) % 4]));
  print("\n");
  return finish();
}
