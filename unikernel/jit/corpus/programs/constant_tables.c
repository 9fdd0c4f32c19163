// Global constants of every shape: arrays, nested structures, designated and zero parts, vectors of
// bits.
#include "corpus.h"

static const uint8_t kBytes[] = {0, 255, 1, 254, 128, 127};
static const int16_t kWords[3][4] = {{1, -2, 3, -4}, {[2] = 30000}, {-32768}};
static const int64_t kWide[] = {INT64_MIN, -1, 0, 1, INT64_MAX, 0x123456789abcdef};
static const float kFloats[] = {0.1f, -0.0f, 1e-45f, 3.4e38f};
static const double kDoubles[5] = {[1] = 2.5, [4] = -1e-300};
static const char kNames[3][8] = {"one", "seven77", {'a', 'b'}};
static const struct {
  char tag;
  union {
    int i;
    float f;
  } payload;
  struct {
    uint16_t low, high;
  } range[2];
  const char* label;
} kRows[] = {
    {'i', {.i = -5}, {{1, 2}, {3, 4}}, "int"},
    {'f', {.f = 1.5f}, {{9, 0}, {0, 65535}}, "float"},
    {0},
};
static char g_zeros[100];
static int g_counter = 41;

int guest_main(int argument) {
  const int start = opaque(argument);
  for (size_t i = 0; i < COUNT(kBytes); ++i) mix(kBytes[(i + (size_t)start) % COUNT(kBytes)]);
  for (int i = 0; i < 12; ++i) mix((uint32_t)kWords[i / 4][(i + start) % 4]);
  for (size_t i = 0; i < COUNT(kWide); ++i) mix64((uint64_t)kWide[i]);
  for (int i = 0; i < 4; ++i) mix_float(kFloats[(i + start) & 3]);
  for (int i = 0; i < 5; ++i) mix_double(kDoubles[(i + start) % 5]);
  for (int i = 0; i < 24; ++i) mix((uint32_t)kNames[i / 8][(i + start) % 8]);
  for (int i = 0; i < 3; ++i) {
    mix((uint32_t)kRows[i].tag + (uint32_t)kRows[i].payload.i);
    mix((uint32_t)kRows[i].range[start & 1].high + (kRows[i].label ? strlen(kRows[i].label) : 50));
  }
  for (int i = 0; i < 100; ++i) mix((uint32_t)g_zeros[i]);
  g_zeros[start] = (char)++g_counter;
  mix((uint32_t)g_zeros[1]);
  return finish();
}
