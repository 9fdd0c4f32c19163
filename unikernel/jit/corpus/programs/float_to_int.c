// Floats and doubles to integers of all widths, within the range of each: towards zero.
#include "corpus.h"

static const double kValues[] = {0.0, -0.0, 0.5, 0.999999, 1.5, 2.5, 99.99, 127.9};
static const double kLarge[] = {2147483647.0, 2147483648.0,       4294967295.0,
                                4294967296.5, 9007199254740991.0, 9223372036854774784.0};

int guest_main(int argument) {
  for (size_t i = 0; i < COUNT(kValues); ++i) {
    for (int sign = -1; sign <= 1; sign += 2) {
      const double value = opaque_double(kValues[i] * sign * argument);
      mix((uint32_t)(int8_t)value);
      mix((uint32_t)(int16_t)(value * 255));
      mix((uint32_t)(int32_t)(value * 1e7));
      mix64((uint64_t)(int64_t)(value * 1e16));
      mix((uint32_t)(int32_t)(float)value);
      mix64((uint64_t)(int64_t)((float)value * 1e15f));
      if (sign < 0) continue;
      mix((uint8_t)value);
      mix((uint16_t)(value * 500));
      mix((uint32_t)(value * 3e7));
      mix64((uint64_t)(value * 1e17));
      mix((uint32_t)((float)value * 3e7f));
      mix64((uint64_t)((float)value * 1e17f));
    }
  }
  for (size_t i = 0; i < COUNT(kLarge); ++i) {
    const double value = opaque_double(kLarge[i]);
    mix64((uint64_t)(int64_t)value);
    mix64((uint64_t)(int64_t)-value);
    mix64((uint64_t)value);
    mix64((uint64_t)(value * 2 - 1));
    if (value < 4294967296.0) mix((uint32_t)value);
  }
  return finish();
}
