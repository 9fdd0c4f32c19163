// Conditional values of every type: nested, on floats, on pointers, on 64 bits.
#include "corpus.h"

static int sign(int64_t value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }
static const char* bucket(double value) {
  return value < -1   ? "low"
         : value < 0  ? "below"
         : value == 0 ? "zero"
         : value < 1  ? "above"
                      : "high";
}
static int64_t median(int64_t a, int64_t b, int64_t c) {
  const int64_t low = a < b ? a : b, high = a < b ? b : a;
  return c < low ? low : c > high ? high : c;
}

int guest_main(int argument) {
  static int g_left = 5, g_right = 9;
  for (int i = -20; i < 20; ++i) {
    const int64_t wide = opaque64((int64_t)i * 0x30000000);
    mix((uint32_t)sign(wide));
    const char* name = bucket(opaque_double(i / 8.0));
    mix((uint8_t)name[0] + (uint32_t)strlen(name));
    mix64((uint64_t)median(wide, -wide / 2, argument * 1000000000ll));
    int* const side = i & 1 ? &g_left : &g_right;
    *side += i;
    mix((uint32_t)*(i % 3 ? side : &g_left));
    mix((uint8_t)(i > 5 ? (uint8_t)i : (uint8_t)~i));
    mix_float(wide ? (float)i : -0.0f);
    mix((uint32_t)(i < 0 ? -i : i) % 7);
  }
  return finish();
}
