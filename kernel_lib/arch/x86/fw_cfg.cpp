#include "fw_cfg.h"

#include "kernel/cpu.h"

namespace x86 {
namespace {

constexpr uint16_t kSelectorPort = 0x510, kDataPort = 0x511;
constexpr uint16_t kSignatureItem = 0x0000, kDirectoryItem = 0x0019;
constexpr unsigned kNameBytes = 56;
constexpr uint32_t kMaxFiles = 256;  // QEMU makes some 20; a wrong count must not hold us up

uint8_t next_byte() { return in8(kDataPort); }

uint32_t next_big_endian(unsigned bytes) {
  uint32_t value = 0;
  while (bytes-- > 0) value = value << 8 | next_byte();
  return value;
}

}  // namespace

bool has_fw_cfg_file(const char* name) {
  out16(kSelectorPort, kSignatureItem);
  if (next_big_endian(4) != 0x51454D55) return false;  // "QEMU"

  out16(kSelectorPort, kDirectoryItem);
  const uint32_t files = next_big_endian(4);
  for (uint32_t file = 0; file < files && file < kMaxFiles; ++file) {
    next_big_endian(4);  // size
    next_big_endian(4);  // selector, reserved
    bool same = true;
    const char* expected = name;
    for (unsigned i = 0; i < kNameBytes; ++i) {
      const char c = static_cast<char>(next_byte());
      same = same && c == *expected;
      if (*expected != '\0') ++expected;
    }
    if (same) return true;
  }
  return false;
}

}  // namespace x86
