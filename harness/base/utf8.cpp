#include "base/utf8.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace harness {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

/// The size of the character that `text`, which is not empty, begins with; 0 where it is none (RFC
/// 3629, table of section 4).
std::size_t character_size(std::string_view text) {
  const std::uint8_t first = byte_at(text, 0);
  if (first < 0x80) return 1;
  const std::size_t size = first < 0xC2   ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || text.size() < size) return 0;
  const std::uint8_t lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (byte_at(text, 1) < lowest || byte_at(text, 1) > highest) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
  }
  return size;
}

/// How many bytes at the start of `text` are UTF-8.
std::size_t valid_size(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = character_size(text.substr(at));
    if (size == 0) break;
    at += size;
  }
  return at;
}

}  // namespace

std::string_view Utf8Text::of(std::string_view bytes) {
  std::uint8_t all = 0;  // without branches: nearly every line is ASCII
  for (const char c : bytes) all |= static_cast<std::uint8_t>(c);
  if (all < 0x80 || valid_size(bytes) == bytes.size()) return bytes;
  text_.clear();
  while (!bytes.empty()) {
    const std::size_t valid = valid_size(bytes);
    text_ += bytes.substr(0, valid);
    bytes.remove_prefix(valid);
    if (bytes.empty()) break;
    const std::uint8_t byte = byte_at(bytes, 0);
    text_ += static_cast<char>(0xC0 | (byte >> 6));
    text_ += static_cast<char>(0x80 | (byte & 0x3F));
    bytes.remove_prefix(1);
  }
  return text_;
}

}  // namespace harness
