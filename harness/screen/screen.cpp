#include "screen/screen.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "base/text.h"
#include "screen/cell.h"

namespace harness {
namespace {

// The names are in the order of the hardware's colour numbers.
constexpr std::string_view kColorNames[] = {
    "black",     "blue",          "green",     "cyan",       "red",         "magenta",
    "brown",     "light gray",    "dark gray", "light blue", "light green", "light cyan",
    "light red", "light magenta", "yellow",    "white"};
static_assert(std::size(kColorNames) == 16);

}  // namespace

std::string screen_row(const std::vector<std::uint8_t>& cells, std::size_t row) {
  if (cells.size() != kScreenBytes || row >= kScreenRows) {
    throw std::out_of_range("screen_row: not a row of an 80 x 25 screen");
  }
  std::string text;
  for (std::size_t column = 0; column < kScreenColumns; ++column) {
    text += cell_text(cells[(row * kScreenColumns + column) * 2]);
  }
  return without_trailing_blanks(text);
}

std::optional<std::uint8_t> vga_color(std::string_view name) {
  const auto same = [&](std::string_view known) { return equal_ignoring_case(name, known); };
  const auto* const at = std::ranges::find_if(kColorNames, same);
  if (at == std::end(kColorNames)) return std::nullopt;
  return static_cast<std::uint8_t>(at - std::begin(kColorNames));
}

std::string_view vga_color_name(std::uint8_t color) { return kColorNames[color & 15]; }

}  // namespace harness
