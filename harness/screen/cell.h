// How one byte of a text cell is written in reports and compared: shared by the captured screen
// and the rendered console, so that the two can be compared at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace harness {

/// Printable ASCII as it is. 0 is a blank, as on the hardware: video memory that nobody cleared
/// is full of it. Anything else is '.': which glyph it has depends on the font.
constexpr char cell_text(std::uint8_t byte) {
  if (byte == 0) return ' ';
  return byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
}

inline std::string without_trailing_blanks(std::string_view row) {
  return std::string(row.substr(0, row.find_last_not_of(' ') + 1));
}

}  // namespace harness
