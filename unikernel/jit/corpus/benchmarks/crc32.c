// CRC-32 of a buffer by table, again and again.
// Argument: 16
#include "corpus.h"

enum { kSize = 65536 };
static uint8_t g_buffer[kSize];
static uint32_t g_table[256];

int guest_main(int argument) {
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
    g_table[i] = value;
  }
  uint32_t state = (uint32_t)opaque(1), crc = ~0u;
  for (int i = 0; i < kSize; ++i) g_buffer[i] = (uint8_t)next_random(&state);
  for (int round = 0; round < argument; ++round) {
    for (int i = 0; i < kSize; ++i) crc = g_table[(crc ^ g_buffer[i]) & 255] ^ crc >> 8;
    mix(~crc);
  }
  return finish();
}
