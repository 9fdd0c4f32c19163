#include "drivers/vga_text.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kernel {
namespace {

// Video memory and registers of a VGA; 0xFFFF marks cells that were never written.
struct FakeVga {
  std::uint8_t mode = 0x0E;  // as a VGA BIOS leaves it in text mode 3
  std::array<std::uint16_t, vga::kColumns * vga::kRows> cells{};
  std::array<std::uint8_t, 256> crtc{};
  unsigned cell_writes = 0;

  FakeVga() { cells.fill(0xFFFF); }
  unsigned cursor() const { return static_cast<unsigned>(crtc[0x0E] << 8 | crtc[0x0F]); }
  std::string row(unsigned row) const {
    std::string text;
    for (unsigned i = 0; i < vga::kColumns; ++i) {
      text += static_cast<char>(cells[row * vga::kColumns + i] & 0xFF);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }
};

struct FakeBus {
  FakeVga* vga;
  void cell(unsigned index, std::uint16_t value) {
    vga->cells.at(index) = value;
    ++vga->cell_writes;
  }
  void write(VgaCrtc reg, std::uint8_t value) { vga->crtc[static_cast<std::uint8_t>(reg)] = value; }
  std::uint8_t read(VgaGraphics) { return vga->mode; }
};

struct VgaTextTest : testing::Test {
  FakeVga vga;
  VgaCells shadow{};
  VgaText<FakeBus> screen{FakeBus{&vga}, shadow};
  void SetUp() override { ASSERT_TRUE(screen.start()); }
  void write(std::string_view text) { screen.write(text.data(), text.size()); }
};

constexpr unsigned at(unsigned row, unsigned column) { return row * vga::kColumns + column; }

TEST_F(VgaTextTest, StartClearsToLightGrayOnBlackAndHomesTheCursor) {
  for (const std::uint16_t cell : vga.cells) ASSERT_EQ(cell, 0x0720);
  EXPECT_EQ(vga.cursor(), 0u);
}

TEST_F(VgaTextTest, TextAppearsInItsColour) {
  screen.set_color(Color::light_green);
  write("A");
  screen.set_color(Color::yellow);
  write("b");
  EXPECT_EQ(vga.cells[0], 0x0A41);
  EXPECT_EQ(vga.cells[1], 0x0E62);
  EXPECT_EQ(vga.cursor(), 2u);
}

TEST_F(VgaTextTest, NewlineGoesToColumnZeroOfTheNextRow) {
  write("one\ntwo");
  EXPECT_EQ(vga.row(0), "one");
  EXPECT_EQ(vga.row(1), "two");
  EXPECT_EQ(vga.cursor(), at(1, 3));
}

TEST_F(VgaTextTest, TheLastColumnWrapsAtOnceSoANewlineLeavesARowBlank) {
  write(std::string(80, 'x'));
  EXPECT_EQ(vga.cursor(), at(1, 0));
  write("\nafter");
  EXPECT_EQ(vga.row(1), "");
  EXPECT_EQ(vga.row(2), "after");
}

TEST_F(VgaTextTest, CarriageReturnOverwritesTheRow) {
  write("abc\rX");
  EXPECT_EQ(vga.row(0), "Xbc");
}

TEST_F(VgaTextTest, TabMovesToTheNextMultipleOfEightAndErasesNothing) {
  write("abcdefghijklmnopqrst\r\tX\tY");
  EXPECT_EQ(vga.row(0), "abcdefghXjklmnopYrst");
}

TEST_F(VgaTextTest, TabInTheLastStopWraps) {
  write(std::string(72, 'x') + "\tY");
  EXPECT_EQ(vga.row(1), "Y");
}

TEST_F(VgaTextTest, FullScreenScrollsByOneRowAndFillsInTheCurrentColour) {
  for (int i = 0; i < 24; ++i) write("row " + std::to_string(i) + "\n");
  EXPECT_EQ(vga.row(0), "row 0");
  EXPECT_EQ(vga.cursor(), at(24, 0));
  screen.set_color(Color::white);
  write("row 24\n");
  EXPECT_EQ(vga.row(0), "row 1");
  EXPECT_EQ(vga.row(23), "row 24");
  EXPECT_EQ(vga.row(24), "");
  EXPECT_EQ(vga.cells[at(24, 0)], 0x0F20);
  EXPECT_EQ(vga.cells[at(24, 79)], 0x0F20);
}

TEST_F(VgaTextTest, OtherControlBytesAreGlyphs) {
  write(
      "a\x1b\b\x7f"
      "b");
  EXPECT_EQ(vga.cells[1] & 0xFF, 0x1B);
  EXPECT_EQ(vga.cells[2] & 0xFF, 0x08);
  EXPECT_EQ(vga.cells[4] & 0xFF, 'b');
}

TEST_F(VgaTextTest, ScrollingWritesOnlyCellsThatChange) {
  for (int i = 0; i < 25; ++i) write("same\n");
  vga.cell_writes = 0;
  write("\n");
  EXPECT_EQ(vga.cell_writes, 4u);  // the last "same" gives way to blanks; all other rows agree
}

TEST(VgaText, NoDeviceMeansNotOneCellIsWritten) {
  constexpr std::uint8_t kModes[] = {0xFF, 0x00, 0x05};  // absent, not set up, graphics
  for (const std::uint8_t mode : kModes) {
    FakeVga vga;
    vga.mode = mode;
    VgaCells shadow{};
    VgaText<FakeBus> screen{FakeBus{&vga}, shadow};
    EXPECT_FALSE(screen.start());
    screen.write("text\n", 5);
    EXPECT_EQ(vga.cell_writes, 0u);
    EXPECT_EQ(vga.cursor(), 0u);
  }
}

}  // namespace
}  // namespace kernel
