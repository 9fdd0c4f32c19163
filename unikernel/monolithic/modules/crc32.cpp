// CRC-32 (ISO 3309) of n bytes 3, 10, 17, ...
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  uint32_t crc = 0xFFFFFFFF;
  for (uint32_t i = 0; i < n; ++i) {
    crc ^= (i * 7 + 3) & 0xFF;
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return ~crc;
}
