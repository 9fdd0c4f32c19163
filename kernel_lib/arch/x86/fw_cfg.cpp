#include "fw_cfg.h"

#include "kernel/cpu.h"

namespace x86 {
namespace {

constexpr uint16_t kSignatureItem = 0x0000, kDirectoryItem = 0x0019;
constexpr unsigned kNameBytes = 56;
constexpr uint32_t kMaxFiles = 256;  // QEMU makes some 20; a wrong count must not hold us up

uint8_t next_byte() { return in8(kFwCfgData); }

uint32_t next_big_endian(unsigned bytes) {
  uint32_t value = 0;
  while (bytes-- > 0) value = value << 8 | next_byte();
  return value;
}

}  // namespace

uint16_t find_fw_cfg_file(const char* name, uint32_t& size) {
  out16(kFwCfgSelector, kSignatureItem);
  if (next_big_endian(4) != 0x51454D55) return 0;  // "QEMU"

  out16(kFwCfgSelector, kDirectoryItem);
  const uint32_t files = next_big_endian(4);
  for (uint32_t file = 0; file < files && file < kMaxFiles; ++file) {
    size = next_big_endian(4);
    const uint32_t selector = next_big_endian(4) >> 16;  // two bytes are reserved
    bool same = true;
    const char* expected = name;
    for (unsigned i = 0; i < kNameBytes; ++i) {
      const char c = static_cast<char>(next_byte());
      same = same && c == *expected;
      if (*expected != '\0') ++expected;
    }
    if (same) return static_cast<uint16_t>(selector);
  }
  return 0;
}

}  // namespace x86
