// Loads and stores at any address, by memcpy of fixed sizes.
#include "corpus.h"

static uint8_t g_buffer[64];

static uint32_t load32(const uint8_t* at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return value;
}
static uint64_t load64(const uint8_t* at) {
  uint64_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}
static void store16(uint8_t* at, uint16_t value) { __builtin_memcpy(at, &value, sizeof value); }

int guest_main(int argument) {
  for (int i = 0; i < 64; ++i) g_buffer[i] = (uint8_t)(i * 37 + argument);
  for (int i = 0; i < 50; ++i) {
    const int at = opaque(i);
    mix(load32(g_buffer + at));
    mix64(load64(g_buffer + at));
    double value;
    __builtin_memcpy(&value, g_buffer + at, sizeof value);
    mix_double(value * 0.5);
    store16(g_buffer + at + 1, (uint16_t)(at * 257 + 3));
    __builtin_memcpy(g_buffer + at, g_buffer + (at + 9) % 50, 7);
  }
  mix_bytes(g_buffer, sizeof g_buffer);
  return finish();
}
