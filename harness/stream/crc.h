// The protocol's checksum, many bytes at a time. The polynomial stays in wire/protocol.h: the
// tables here are computed from what wire::Crc32 answers.
#pragma once

#include <wire/protocol.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace harness {

using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr CrcTables make_crc_tables() {
  CrcTables tables{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    // A candidate Crc32 has the state 0xFFFFFFFF; one byte makes of it
    // table[0xFF ^ byte] ^ 0x00FFFFFF, and value() is the complement.
    wire::Crc32 one;
    one.add(static_cast<std::uint8_t>(byte));
    tables[0][0xFF ^ byte] = ~one.value() ^ 0x00FFFFFF;
  }
  for (unsigned k = 1; k < 8; ++k) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[k - 1][byte];
      tables[k][byte] = before >> 8 ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}
inline constexpr CrcTables kCrcTables = make_crc_tables();

/// The ways to compute it; all give the values of wire::Crc32.
enum class CrcMethod {
  tables,    // any processor, 2 GB/s
  multiply,  // the carry-less multiplication of x86 (PCLMULQDQ), ten times that
};
/// Whether this processor can.
bool is_available(CrcMethod method);
/// The fastest that this processor can.
CrcMethod fastest_crc();

class FastCrc32 {
 public:
  explicit FastCrc32(CrcMethod method = fastest_crc()) : method_(method) {}
  void add(std::string_view bytes);
  [[nodiscard]] std::uint32_t value() const { return ~state_; }

 private:
  CrcMethod method_;
  std::uint32_t state_ = 0xFFFFFFFF;
};

/// A checksum as the protocol prints it.
inline std::string hex8(std::uint32_t value) {
  std::string digits(8, '0');
  for (std::size_t i = 0; i < 8; ++i) digits[i] = "0123456789ABCDEF"[value >> (28 - 4 * i) & 15];
  return digits;
}

}  // namespace harness
