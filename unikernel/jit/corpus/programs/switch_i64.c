// Switches on 64 bits and on narrow types, with ranges of cases.
#include "corpus.h"

static int wide(uint64_t value) {
  switch (value) {
    case 0:
      return 10;
    case 1:
      return 11;
    case 0x100000000u:
      return 12;
    case 0x100000001u:
      return 13;
    case 0xffffffffffffffffu:
      return 14;
    case 0x8000000000000000u:
      return 15;
    case 0x00000000ffffffffu:
      return 16;
    default:
      return 17;
  }
}
static int signed_wide(int64_t value) {
  switch (value) {
    case -5000000000:
      return 1;
    case -1:
      return 2;
    case 5000000000 ... 5000000100:
      return 3;
    case INT64_MIN:
      return 4;
    default:
      return 0;
  }
}
static int grade(uint8_t points) {
  switch (points) {
    case 0 ... 49:
      return 5;
    case 50 ... 62:
      return 4;
    case 63 ... 75:
      return 3;
    case 76 ... 90:
      return 2;
    case 91 ... 100:
      return 1;
    default:
      return 6;
  }
}

int guest_main(int argument) {
  static const uint64_t kValues[] = {0,
                                     1,
                                     2,
                                     0x100000000,
                                     0x100000001,
                                     0x200000000,
                                     0xffffffff,
                                     0x8000000000000000,
                                     0xffffffffffffffff};
  static const int64_t kSigned[] = {-5000000000, -1,         0,        5000000000,
                                    5000000050,  5000000101, INT64_MIN};
  for (size_t i = 0; i < COUNT(kValues); ++i)
    mix((uint32_t)wide((uint64_t)opaque64((int64_t)kValues[i])));
  for (size_t i = 0; i < COUNT(kSigned); ++i) mix((uint32_t)signed_wide(opaque64(kSigned[i])));
  for (int i = 0; i < 256; ++i) mix((uint32_t)grade((uint8_t)(i + argument)));
  return finish();
}
