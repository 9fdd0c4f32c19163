// The VGA text screen: reading captured cells, and what the serial text should look like on it.
// Pure. Cell layout and colour numbers: VGA text mode, attribute = background << 4 | foreground.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/trace.h"

namespace harness {

/// One row of the screen as text: 80 characters, 0 as a blank, other bytes outside printable ASCII
/// as '.', trailing blanks cut. cells must hold kScreenBytes bytes and row be below kScreenRows;
/// else std::out_of_range.
std::string screen_row(const std::vector<std::uint8_t>& cells, std::size_t row);

/// "light green" -> 10; the 16 names of the VGA palette, case-insensitive. nullopt if unknown.
std::optional<std::uint8_t> vga_color(std::string_view name);
/// The inverse; only the low four bits of `color` count.
std::string_view vga_color_name(std::uint8_t color);

/// What an 80 x 25 console that was cleared shows after `serial` was written to it. A character in
/// the last column puts the cursor on the next row at once; "\n" starts a new row, "\r" returns to
/// column 0, tab moves to the next multiple of 8 and writes nothing; any other byte takes one cell,
/// written as in screen_row. Returns 25 rows without trailing blanks.
std::vector<std::string> render_console(std::string_view serial);

}  // namespace harness
