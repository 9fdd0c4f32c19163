#include <gtest/gtest.h>

#include "check/check_testing.h"
#include "screen/screen.h"

namespace harness {
namespace {

using namespace testing_record;

/// A screen that shows what the console makes of `text`, light gray on black.
std::vector<std::uint8_t> screen_of(std::string_view text) {
  std::vector<std::uint8_t> cells(kScreenBytes);
  const std::vector<std::string> rows = render_console(text);
  for (std::size_t row = 0; row < kScreenRows; ++row) {
    for (std::size_t column = 0; column < kScreenColumns; ++column) {
      const std::size_t cell = (row * kScreenColumns + column) * 2;
      const bool filled = column < rows[row].size();
      cells[cell] = static_cast<std::uint8_t>(filled ? rows[row][column] : ' ');
      cells[cell + 1] = 0x07;
    }
  }
  return cells;
}

/// Paints a run of cells; row and column from 0.
void paint(std::vector<std::uint8_t>& cells, std::size_t row, std::size_t column, std::size_t size,
           std::uint8_t attribute) {
  for (std::size_t i = 0; i < size; ++i) {
    cells[(row * kScreenColumns + column + i) * 2 + 1] = attribute;
  }
}

RunRecord record_with_screen() {
  RunRecord record = run_of({session({"Llama v0.1", "hello"})});
  record.boots[0].trace.screen = screen_of(record.boots[0].trace.serial);
  paint(record.boots[0].trace.screen, 1, 0, 10, 0x1A);  // light green on blue
  return record;
}

TEST(VgaCheck, FindsATextInItsColours) {
  const Finding finding = run_check(record_with_screen(), "vga",
                                    {{"text", text("Llama v0.1")},
                                     {"color", text("light green")},
                                     {"background", text("blue")},
                                     {"row", count(2)}});
  EXPECT_EQ(finding.status, FindingStatus::pass) << finding.reason;
  EXPECT_EQ(finding.check, "vga Llama v0.1");
  EXPECT_EQ(finding.figure, "light green, row 2");
}
TEST(VgaCheck, OneLetterInAnotherColourFails) {
  RunRecord record = record_with_screen();
  paint(record.boots[0].trace.screen, 1, 3, 1, 0x1C);
  const Finding finding =
      run_check(record, "vga", {{"text", text("Llama v0.1")}, {"color", text("light green")}});
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "'Llama v0.1' in row 2: 'm' has colour light red, must be light green");
}
TEST(VgaCheck, ABlankHasNoForegroundButABackground) {
  RunRecord record = record_with_screen();
  paint(record.boots[0].trace.screen, 1, 5, 1, 0x4C);
  EXPECT_EQ(run_check(record, "vga", {{"text", text("Llama v0.1")}, {"color", text("light green")}})
                .status,
            FindingStatus::pass);
  EXPECT_EQ(
      run_check(record, "vga", {{"text", text("Llama v0.1")}, {"background", text("blue")}}).reason,
      "'Llama v0.1' in row 2: ' ' has background red, must be blue");
}
TEST(VgaCheck, ATextThatDoesNotStandThereFails) {
  EXPECT_EQ(run_check(record_with_screen(), "vga", {{"text", text("Lama")}}).reason,
            "'Lama' does not stand on the screen");
}
TEST(VgaCheck, AnotherRowFails) {
  EXPECT_EQ(
      run_check(record_with_screen(), "vga", {{"text", text("hello")}, {"row", count(1)}}).reason,
      "'hello' stands in row 3, must be in row 1");
}
TEST(VgaCheck, AnyPlaceOfTheTextWillDo) {
  RunRecord record = run_of({session({"ok", "ok"})});
  record.boots[0].trace.screen = screen_of(record.boots[0].trace.serial);
  paint(record.boots[0].trace.screen, 2, 0, 2, 0x0A);
  EXPECT_EQ(run_check(record, "vga", {{"text", text("ok")}, {"color", text("light green")}}).figure,
            "light green, row 3");
}
TEST(VgaCheck, AScreenThatWasNotCapturedIsInvalid) {
  const Finding finding = run_check(run_of({session({"ok"})}), "vga", {{"text", text("ok")}});
  EXPECT_EQ(finding.status, FindingStatus::invalid);
  EXPECT_NE(finding.reason.find("the screen was not captured"), std::string::npos);
}

const Params kMatches = {{"screen", text("matches serial")}};

TEST(VgaMatchesSerial, PassesWhereAllRowsAgree) {
  const Finding finding = run_check(record_with_screen(), "vga", kMatches);
  EXPECT_EQ(finding.status, FindingStatus::pass) << finding.reason;
  EXPECT_EQ(finding.figure, "all 25 rows agree, with text 4");
}
TEST(VgaMatchesSerial, FirmwareTextBeforeBeginIsNotOnTheScreen) {
  RunRecord record = record_with_screen();
  const std::vector<std::uint8_t> screen = record.boots[0].trace.screen;
  record = run_of({"SeaBIOS\n" + record.boots[0].trace.serial});
  record.boots[0].trace.screen = screen;
  EXPECT_EQ(run_check(record, "vga", kMatches).status, FindingStatus::pass);
}
TEST(VgaMatchesSerial, OneChangedLetterFailsWithBothRows) {
  RunRecord record = record_with_screen();
  record.boots[0].trace.screen[2 * kScreenColumns * 2] = 'j';
  const Finding finding = run_check(record, "vga", kMatches);
  EXPECT_EQ(finding.status, FindingStatus::fail);
  EXPECT_EQ(finding.reason, "row 3 shows 'jello', by the serial text it must be 'hello'");
}
TEST(VgaMatchesSerial, ALeftOverRowFails) {
  RunRecord record = record_with_screen();
  record.boots[0].trace.screen[20 * kScreenColumns * 2] = '#';
  EXPECT_EQ(run_check(record, "vga", kMatches).reason,
            "row 21 shows '#', by the serial text it must be ''");
}
TEST(VgaMatchesSerial, BlankBesideSilentProvesNothing) {
  RunRecord record = run_of({""});
  record.boots[0].trace.screen = screen_of("");
  EXPECT_EQ(run_check(record, "vga", kMatches).reason,
            "the screen and the serial text are both blank");
}

}  // namespace
}  // namespace harness
