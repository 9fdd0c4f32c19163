// Floating-point numbers as bits: unions, memcpy, signs, exponents, next representable values.
#include "corpus.h"

union FloatBits {
  float value;
  uint32_t bits;
  uint8_t bytes[4];
};
union DoubleBits {
  double value;
  uint64_t bits;
  uint32_t halves[2];
};

static double scale_by_power(double value, int power) {
  union DoubleBits factor = {.bits = (uint64_t)(1023 + power) << 52};
  return value * factor.value;
}

int guest_main(int argument) {
  union FloatBits narrow = {.value = opaque_float(1.0f)};
  for (int i = 0; i < 100; ++i) {
    narrow.bits += 0x00123457u;
    mix_float(narrow.value);
    mix(narrow.bytes[i & 3]);
    mix_float(__builtin_copysignf(narrow.value, i % 3 ? 1.0f : -0.0f));
    mix_float(__builtin_fabsf(-narrow.value));
  }
  union DoubleBits wide = {.value = opaque_double(3.75) * argument};
  for (int power = -60; power < 60; power += 7) {
    mix_double(scale_by_power(wide.value, power));
    wide.halves[0] ^= 0x55aau << (power & 7);
    mix_double(wide.value);
    mix_double(__builtin_copysign(wide.value, power < 0 ? -1.0 : 1.0));
    mix_double(__builtin_fabs(-wide.value));
    mix((uint32_t)(wide.bits >> 52) & 0x7ff);
  }
  return finish();
}
