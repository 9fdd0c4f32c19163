// Integers of all widths to floats and doubles: rounding to nearest, ties to even.
#include "corpus.h"

static const uint64_t kValues[] = {0,
                                   1,
                                   0x7fffffff,
                                   0x80000000,
                                   0xffffffff,
                                   16777217,
                                   16777219,
                                   0x7fffffffffffffff,
                                   0x8000000000000000,
                                   0xffffffffffffffff,
                                   0x8000000000000400,
                                   0x8000000000000401,
                                   0x8000000000000c00,
                                   9007199254740993,
                                   0x8000008000000000,
                                   0x8000008000000001};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    const uint64_t value = (uint64_t)opaque64((int64_t)kValues[i]) + (uint32_t)(argument - 1);
    mix_double((double)value);
    mix_double((double)(int64_t)value);
    mix_float((float)value);
    mix_float((float)(int64_t)value);
    mix_double((double)(uint32_t)value);
    mix_double((double)(int32_t)value);
    mix_float((float)(uint32_t)value);
    mix_float((float)(int32_t)value);
    mix_float((float)(int16_t)value);
    mix_float((float)(uint16_t)value);
    mix_double((double)(int8_t)value);
    mix_double((double)(uint8_t)value);
    mix_double((double)(_Bool)value);
  }
  return finish();
}
