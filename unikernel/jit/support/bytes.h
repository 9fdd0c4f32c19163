// Numbers of up to 64 bits as bytes, little endian, at any address.
#pragma once

#include <stdint.h>

namespace jit {

/// `count`: 0 to 8 bytes.
inline uint64_t read_little(const uint8_t* from, uint32_t count) {
  uint64_t value = 0;
  for (uint32_t i = count; i-- > 0;) value = value << 8 | from[i];
  return value;
}

/// The lower 8 * `count` bits of `value`; of more than 8 bytes, the rest are 0.
inline void write_little(uint8_t* to, uint64_t value, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i, value >>= 8) to[i] = static_cast<uint8_t>(value);
}

/// The lower `bits` (1 to 64) of `value` as a signed number.
constexpr int64_t signed_number(uint64_t value, uint32_t bits) {
  return static_cast<int64_t>(value << (64 - bits)) >> (64 - bits);
}

}  // namespace jit
