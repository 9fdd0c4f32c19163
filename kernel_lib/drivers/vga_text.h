// Driver of the VGA text screen: 80 x 25 cells, 16 colours, scrolling, hardware cursor.
//
// The console it makes, word for word what harness/screen/screen.h expects to find:
//   - the screen is cleared at start, the cursor in the upper left corner;
//   - a byte that is none of the below puts its glyph at the cursor, which moves right; writing
//     column 79 wraps immediately: the cursor is then in column 0 of the next row;
//   - "\n" goes to column 0 of the next row, "\r" to column 0, tab to the next multiple of 8, which
//     after column 71 is column 0 of the next row;
//   - going below the last row scrolls by one; the new row is blank in the current colours.
//
// Where no VGA answers, or one that is not in text mode (firmware without a VGA BIOS), nothing is
// written. The cells are kept in a copy, so that scrolling reads no video memory and writes only
// cells that change: each access to it leaves the processor, in QEMU as on a real bus.
//
// Source: IBM VGA XGA Technical Reference, section 2 (graphics controller 06h, CRTC 0Eh and 0Fh).
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "kernel/console.h"

namespace kernel {

enum class VgaCrtc : uint8_t { cursor_high = 0x0E, cursor_low = 0x0F };
enum class VgaGraphics : uint8_t { miscellaneous = 0x06 };

namespace vga {
inline constexpr unsigned kColumns = 80, kRows = 25, kCells = kColumns * kRows, kTab = 8;
// Miscellaneous: bit 0 is graphics mode; bits 2 and 3 select where the memory appears, both set
// for 0xB8000. A read of 0xFF, no device, does not match.
inline constexpr uint8_t kModeMask = 0x0D, kTextAtB8000 = 0x0C;

/// A cell as video memory holds it: character, colour of the glyph, of the background.
constexpr uint16_t cell(char character, Color foreground, Color background = Color::black) {
  return static_cast<uint16_t>(static_cast<uint8_t>(character) |
                               static_cast<uint8_t>(foreground) << 8 |
                               static_cast<uint8_t>(background) << 12);
}
}  // namespace vga

/// What the screen shows, as last written. Its owner lets the driver keep it.
struct VgaCells {
  uint16_t cell[vga::kCells];
};

/// Bus offers `void cell(unsigned index, uint16_t value)`, `void write(VgaCrtc, uint8_t)` and
/// `uint8_t read(VgaGraphics)`.
template <class Bus>
class VgaText {
 public:
  constexpr VgaText(Bus bus, VgaCells& cells) : bus_(bus), cells_(cells.cell) {}

  /// Looks for a VGA in text mode and clears it. False, and silent from then on, where there is
  /// none.
  bool start() {
    present_ = (bus_.read(VgaGraphics::miscellaneous) & vga::kModeMask) == vga::kTextAtB8000;
    if (!present_) return false;
    for (unsigned i = 0; i < vga::kCells; ++i) {
      cells_[i] = blank();
      bus_.cell(i, cells_[i]);
    }
    show_cursor();
    return true;
  }

  void set_color(Color foreground) { color_ = foreground; }

  void write(const char* bytes, size_t size) {
    if (!present_) return;
    for (size_t i = 0; i < size; ++i) put(bytes[i]);
    show_cursor();
  }

 private:
  uint16_t blank() const { return vga::cell(' ', color_); }

  void put(char c) {
    switch (c) {
      case '\n':
        return new_line();
      case '\r':
        column_ = 0;
        return;
      case '\t':
        column_ = (column_ / vga::kTab + 1) * vga::kTab;
        break;
      default:
        set_cell(row_ * vga::kColumns + column_, vga::cell(c, color_));
        ++column_;
    }
    if (column_ >= vga::kColumns) new_line();
  }

  void new_line() {
    column_ = 0;
    if (row_ + 1 < vga::kRows) {
      ++row_;
      return;
    }
    constexpr unsigned kLastRow = vga::kCells - vga::kColumns;
    for (unsigned i = 0; i < kLastRow; ++i) set_cell(i, cells_[i + vga::kColumns]);
    for (unsigned i = kLastRow; i < vga::kCells; ++i) set_cell(i, blank());
  }

  void set_cell(unsigned index, uint16_t value) {
    if (cells_[index] == value) return;
    cells_[index] = value;
    bus_.cell(index, value);
  }

  void show_cursor() {
    const unsigned position = row_ * vga::kColumns + column_;
    bus_.write(VgaCrtc::cursor_high, static_cast<uint8_t>(position >> 8));
    bus_.write(VgaCrtc::cursor_low, static_cast<uint8_t>(position));
  }

  Bus bus_;
  uint16_t* cells_;
  bool present_ = false;
  Color color_ = Color::light_gray;
  unsigned row_ = 0, column_ = 0;
};

}  // namespace kernel
