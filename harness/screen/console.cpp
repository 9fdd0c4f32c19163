// The screen that serial text leaves behind. It wraps at once: a character in the last column puts
// the cursor on the next row, so that a row of 80 characters and "\n" leave an empty row. That is
// what the guest's own console does; a terminal that wraps late would not.
#include <array>

#include "screen/cell.h"
#include "screen/screen.h"

namespace harness {
namespace {

constexpr std::size_t kTabWidth = 8;

/// 80 x 25 characters and a cursor. Scrolling moves the number of the top row, not the rows.
class ConsoleGrid {
 public:
  ConsoleGrid() {
    for (Row& row : rows_) row.fill(' ');
  }

  void put(char c) {
    switch (c) {
      case '\n':
        return next_row();
      case '\r':
        column_ = 0;
        return;
      case '\t':
        return move_to((column_ / kTabWidth + 1) * kTabWidth);
      default:
        at(row_)[column_] = cell_text(static_cast<std::uint8_t>(c));
        return move_to(column_ + 1);
    }
  }

  [[nodiscard]] std::vector<std::string> text() {
    std::vector<std::string> lines;
    lines.reserve(kScreenRows);
    for (std::size_t row = 0; row < kScreenRows; ++row) {
      lines.push_back(without_trailing_blanks({at(row).data(), kScreenColumns}));
    }
    return lines;
  }

 private:
  using Row = std::array<char, kScreenColumns>;

  Row& at(std::size_t row) { return rows_[(top_ + row) % kScreenRows]; }

  void move_to(std::size_t column) {
    column_ = column;
    if (column_ >= kScreenColumns) next_row();
  }

  void next_row() {
    column_ = 0;
    if (row_ + 1 < kScreenRows) {
      ++row_;
      return;
    }
    top_ = (top_ + 1) % kScreenRows;
    at(row_).fill(' ');
  }

  std::array<Row, kScreenRows> rows_;
  std::size_t top_ = 0, row_ = 0, column_ = 0;
};

}  // namespace

std::vector<std::string> render_console(std::string_view serial) {
  ConsoleGrid grid;
  for (const char c : serial) grid.put(c);
  return grid.text();
}

}  // namespace harness
