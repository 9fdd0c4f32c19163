#include "screen/screen.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace harness {
namespace {

std::vector<std::uint8_t> blank_cells() {
  std::vector<std::uint8_t> cells;
  for (std::size_t i = 0; i < kScreenBytes; i += 2) cells.insert(cells.end(), {' ', 7});
  return cells;
}
void write_cells(std::vector<std::uint8_t>& cells, std::size_t row, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    cells.at((row * kScreenColumns + i) * 2) = static_cast<std::uint8_t>(text[i]);
  }
}

/// The first rows of a screen; the rest must be empty.
std::vector<std::string> shown(std::string_view serial) {
  std::vector<std::string> rows = render_console(serial);
  EXPECT_EQ(rows.size(), kScreenRows);
  while (!rows.empty() && rows.back().empty()) rows.pop_back();
  return rows;
}
using Rows = std::vector<std::string>;

TEST(ScreenRow, CharactersAreReadAndAttributesSkipped) {
  auto cells = blank_cells();
  write_cells(cells, 3, "  Init: 5");
  EXPECT_EQ(screen_row(cells, 3), "  Init: 5");
  EXPECT_EQ(screen_row(cells, 2), "");
}
TEST(ScreenRow, LastCellOfTheLastRowIsRead) {
  auto cells = blank_cells();
  cells[kScreenBytes - 2] = 'x';
  EXPECT_EQ(screen_row(cells, 24), std::string(79, ' ') + "x");
}
TEST(ScreenRow, BytesOutsideAsciiAreDots) {
  auto cells = blank_cells();
  write_cells(cells, 0,
              "a\xDB\x01\x7F\x1B"
              "b");
  EXPECT_EQ(screen_row(cells, 0), "a....b");
}
TEST(ScreenRow, MemoryThatNobodyClearedIsBlank) {
  EXPECT_EQ(screen_row(std::vector<std::uint8_t>(kScreenBytes, 0), 0), "");
}
TEST(ScreenRow, AnotherShapeOfScreenIsRefused) {
  EXPECT_THROW(screen_row({}, 0), std::out_of_range);
  EXPECT_THROW(screen_row(blank_cells(), 25), std::out_of_range);
}

TEST(VgaColor, NamesAndNumbersAreInverse) {
  for (std::uint8_t color = 0; color < 16; ++color) {
    EXPECT_EQ(vga_color(vga_color_name(color)), color);
  }
  EXPECT_EQ(vga_color("light green"), 10);
  EXPECT_EQ(vga_color("yellow"), 14);
}
TEST(VgaColor, CaseDoesNotMatter) { EXPECT_EQ(vga_color("Light Green"), 10); }
TEST(VgaColor, UnknownNamesAreNone) {
  for (const char* name : {"", "lightgreen", "light", "light green ", "orange"}) {
    EXPECT_EQ(vga_color(name), std::nullopt) << name;
  }
}
TEST(VgaColor, OnlyTheLowNibbleCounts) { EXPECT_EQ(vga_color_name(0x1A), "light green"); }

TEST(RenderConsole, NothingWrittenIsAnEmptyScreen) { EXPECT_EQ(shown(""), Rows{}); }
TEST(RenderConsole, LinesBecomeRows) {
  EXPECT_EQ(shown("one\ntwo\r\n\nfour  \n"), (Rows{"one", "two", "", "four"}));
}
TEST(RenderConsole, TheEightyFirstCharacterIsOnTheNextRow) {
  EXPECT_EQ(shown(std::string(80, 'a') + "b"), (Rows{std::string(80, 'a'), "b"}));
}
TEST(RenderConsole, AFullRowAndItsLineEndLeaveAnEmptyRow) {
  EXPECT_EQ(shown(std::string(80, 'a') + "\nb"), (Rows{std::string(80, 'a'), "", "b"}));
}
TEST(RenderConsole, CarriageReturnOverwritesTheRow) {
  EXPECT_EQ(shown("loading\rdone"), (Rows{"doneing"}));
}
TEST(RenderConsole, CarriageReturnAfterAFullRowStaysOnTheNextRow) {
  EXPECT_EQ(shown(std::string(80, 'a') + "\rb"), (Rows{std::string(80, 'a'), "b"}));
}
TEST(RenderConsole, TabsGoToMultiplesOfEightAndKeepWhatIsThere) {
  EXPECT_EQ(shown("a\tb\n12345678\tc"), (Rows{"a       b", "12345678        c"}));
  EXPECT_EQ(shown("abcdefgh\r\tX"), (Rows{"abcdefghX"}));
}
TEST(RenderConsole, TabPastTheLastColumnWraps) {
  EXPECT_EQ(shown(std::string(72, 'a') + "\tb"), (Rows{std::string(72, 'a'), "b"}));
}
TEST(RenderConsole, ControlsAndHighBytesTakeOneCell) {
  EXPECT_EQ(shown("a\x1B[31m\xC3\xA9\x08z"), (Rows{"a.[31m...z"}));
}
TEST(RenderConsole, TheTwentySixthRowScrollsTheFirstAway) {
  std::string serial;
  for (int i = 1; i <= 26; ++i) serial += (i == 1 ? "" : "\n") + std::to_string(i);
  const Rows rows = render_console(serial);
  EXPECT_EQ(rows.front(), "2");
  EXPECT_EQ(rows.back(), "26");
}
TEST(RenderConsole, ALineEndOnTheLastRowScrollsAndLeavesItEmpty) {
  std::string serial;
  for (int i = 1; i <= 25; ++i) serial += std::to_string(i) + "\n";
  const Rows rows = render_console(serial);
  EXPECT_EQ(rows.front(), "2");
  EXPECT_EQ(rows[23], "25");
  EXPECT_EQ(rows.back(), "");
}
TEST(RenderConsole, WrappingScrollsToo) {
  const Rows rows = render_console(std::string(24, '\n') + std::string(81, 'w'));
  EXPECT_EQ(rows[23], std::string(80, 'w'));
  EXPECT_EQ(rows[24], "w");
}
TEST(RenderConsole, OnlyTheLastRowsOfALongLogRemain) {
  std::string serial;
  for (int i = 0; i < 10'000; ++i) serial += "row " + std::to_string(i) + "\n";
  const Rows rows = render_console(serial);
  EXPECT_EQ(rows.front(), "row 9976");
  EXPECT_EQ(rows[23], "row 9999");
}
TEST(RenderConsole, WhatTheGuestWroteIsWhatTheScreenShows) {
  auto cells = blank_cells();
  const std::string_view odd(
      "a\xDB\x00\x1B"
      "b",
      5);
  write_cells(cells, 0, odd);
  EXPECT_EQ(render_console(odd)[0], screen_row(cells, 0));
}

}  // namespace
}  // namespace harness
