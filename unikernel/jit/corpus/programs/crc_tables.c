// Cyclic redundancy checks of 8, 16, 32 and 64 bits, by table and bit by bit.
#include "corpus.h"

static uint32_t g_table[256];

static void make_table(void) {
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
    g_table[i] = value;
  }
}
static uint32_t crc32(const uint8_t* bytes, int size) {
  uint32_t crc = ~0u;
  for (int i = 0; i < size; ++i) crc = g_table[(crc ^ bytes[i]) & 255] ^ crc >> 8;
  return ~crc;
}
static uint8_t crc8(const uint8_t* bytes, int size) {
  uint8_t crc = 0;
  for (int i = 0; i < size; ++i) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit) crc = (uint8_t)(crc & 0x80 ? crc << 1 ^ 7 : crc << 1);
  }
  return crc;
}
static uint16_t crc16(const uint8_t* bytes, int size) {
  uint16_t crc = 0xffff;
  for (int i = 0; i < size; ++i) {
    crc ^= (uint16_t)(bytes[i] << 8);
    for (int bit = 0; bit < 8; ++bit) crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
  }
  return crc;
}
static uint64_t crc64(const uint8_t* bytes, int size) {
  uint64_t crc = ~0ull;
  for (int i = 0; i < size; ++i) {
    crc ^= (uint64_t)bytes[i] << 56;
    for (int bit = 0; bit < 8; ++bit)
      crc = (int64_t)crc < 0 ? crc << 1 ^ 0x42f0e1eba9ea3693u : crc << 1;
  }
  return crc;
}

int guest_main(int argument) {
  make_table();
  uint8_t bytes[100] = "123456789";
  if (crc32(bytes, 9) != 0xcbf43926u || crc16(bytes, 9) != 0x29b1 || crc8(bytes, 9) != 0xf4)
    guest_exit(1);
  for (int i = 0; i < 100; ++i) bytes[i] = (uint8_t)(opaque(i) * 77 + argument);
  for (int size = 0; size <= 100; size += 9) {
    mix(crc32(bytes, size));
    mix(crc16(bytes, size));
    mix(crc8(bytes, size));
    mix64(crc64(bytes, size));
  }
  return finish();
}
