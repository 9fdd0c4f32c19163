// What the entries of all three memory maps have in common: base, size, type, in this order.
#pragma once

#include <stdint.h>

namespace x86 {

inline constexpr uint32_t kTypeRam = 1;  // the same number in all three formats

// Bytes are put together by hand: multiboot and E820 entries are not aligned.
inline uint64_t little_endian(const uint8_t* bytes, unsigned count) {
  uint64_t value = 0;
  while (count-- > 0) value = value << 8 | bytes[count];
  return value;
}

}  // namespace x86
