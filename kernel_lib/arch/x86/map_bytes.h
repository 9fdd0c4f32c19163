// Memory maps as bytes, for the tests of those that read them.
#pragma once

#include <cstdint>
#include <vector>

namespace x86 {

inline constexpr std::uint32_t kRam = 1, kReserved = 2;

/// `size` bytes of `value`, the lowest first.
inline void append(std::vector<std::uint8_t>& bytes, std::uint64_t value, unsigned size) {
  for (unsigned i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

/// An entry of 20 bytes, as INT 15h E820 writes it.
inline void append_entry(std::vector<std::uint8_t>& bytes, std::uint64_t base, std::uint64_t size,
                         std::uint32_t type) {
  append(bytes, base, 8);
  append(bytes, size, 8);
  append(bytes, type, 4);
}

}  // namespace x86
