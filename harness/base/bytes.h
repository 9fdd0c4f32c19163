// Little-endian numbers inside untrusted bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace harness {

/// The number of `size` bytes (at most 8) at `at`; 0 where the text ends before.
constexpr std::uint64_t number_at(std::string_view bytes, std::uint64_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(at) + i]);
  }
  return value;
}

/// Whether `text` stands at `at`.
constexpr bool stands_at(std::string_view bytes, std::size_t at, std::string_view text) {
  return at <= bytes.size() && bytes.substr(at).starts_with(text);
}

}  // namespace harness
