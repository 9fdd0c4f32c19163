#include "base/text.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/folder_testing.h"
#include "base/sha256.h"

namespace harness {
namespace {

TEST(Text, TheLastLinesAreAllWhereThereAreNoMore) {
  EXPECT_EQ(last_lines("a\nb\nc", 1), "c");
  EXPECT_EQ(last_lines("a\nb\nc", 2), "b\nc");
  EXPECT_EQ(last_lines("a\nb\nc", 3), "a\nb\nc");
  EXPECT_EQ(last_lines("a\nb\nc", 9), "a\nb\nc");
  EXPECT_EQ(last_lines("\n\nc", 2), "\nc");
  EXPECT_EQ(last_lines("", 1), "");
}

TEST(Printable, EscapeSequencesBecomeVisibleText) {
  EXPECT_EQ(printable("\x1b[31mred\x07"), "\\x1B[31mred\\x07");
}
TEST(Printable, Utf8IsKept) {
  EXPECT_EQ(printable("caf\xC3\xA9 \xE2\x9C\x93"), "caf\xC3\xA9 \xE2\x9C\x93");
}
TEST(Printable, C1ControlsInUtf8AreEscaped) { EXPECT_EQ(printable("\xC2\x9B"), "\\xC2\\x9B"); }
TEST(Printable, OverlongAndTornUtf8IsEscaped) {
  EXPECT_EQ(printable("\xC0\xAF"), "\\xC0\\xAF");
  EXPECT_EQ(printable("\xE2\x9C"), "\\xE2\\x9C");
}
TEST(Printable, BidirectionalControlsAreEscaped) {
  EXPECT_EQ(printable("\xE2\x80\xAE"), "\\xE2\\x80\\xAE");
  EXPECT_EQ(printable("\xD8\x9C"), "\\xD8\\x9C");  // the one that stands apart: U+061C
}
TEST(Printable, NulAndDeleteAreEscaped) {
  EXPECT_EQ(printable(std::string_view("\0\x7f", 2)), "\\x00\\x7F");
}

constexpr std::string_view kKeys[] = {"timeout", "target", "memory"};
TEST(Nearest, OneLetterMissingIsFound) { EXPECT_EQ(nearest("timout", kKeys), "timeout"); }
TEST(Nearest, SomethingElseIsNot) { EXPECT_EQ(nearest("xylophone", kKeys), ""); }
TEST(Nearest, ShortWordsDoNotMatchEverything) { EXPECT_EQ(nearest("a", kKeys), ""); }

TEST(ParseBytes, SuffixesArePowersOf1024) {
  EXPECT_EQ(parse_bytes("32M"), 33554432u);
  EXPECT_EQ(parse_bytes("512"), 512u);
  EXPECT_EQ(parse_bytes("1G"), 1073741824u);
}
TEST(ParseBytes, JunkSignsAndOverflowAreRefused) {
  for (const char* text : {"", "M", "-1M", "1.5M", "32MB", "99999999999G", " 1"}) {
    EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
  }
}

TEST(Grouped, ThousandsAreSeparated) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Sha256, KnownAnswer) {  // FIPS 180-4, "abc"
  const TestFolder folder;
  const std::string file = folder.path / "abc";
  std::ofstream(file) << "abc";
  EXPECT_EQ(sha256_of_file(file),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
TEST(Sha256, MissingFileIsAnErrorThatNamesIt) {
  try {
    sha256_of_file("/nonexistent/file");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent/file"), std::string::npos);
  }
}

}  // namespace

}  // namespace harness
