// CRC-32 on the host, by zlib. The guest's own, in wire/protocol.h, is made to be small; the two
// agree (crc_test.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace harness {

/// The checksum of everything that `crc` is the checksum of, followed by `bytes`. That of nothing
/// is 0.
std::uint32_t extend_crc(std::uint32_t crc, std::string_view bytes);

/// A checksum as the protocol prints it.
inline std::string hex8(std::uint32_t value) {
  std::string digits(8, '0');
  for (std::size_t i = 0; i < 8; ++i) digits[i] = "0123456789ABCDEF"[value >> (28 - 4 * i) & 15];
  return digits;
}

}  // namespace harness
