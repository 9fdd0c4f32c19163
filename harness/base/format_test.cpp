#include "base/format.h"

#include <gtest/gtest.h>

#include <cmath>

namespace harness {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using Lines = std::vector<std::string>;

TEST(DurationText, MillisecondsBelowASecondThenSeconds) {
  EXPECT_EQ(duration_text(microseconds{27'400}), "27.4 ms");
  EXPECT_EQ(duration_text(nanoseconds{0}), "0.0 ms");
  EXPECT_EQ(duration_text(microseconds{999'940}), "999.9 ms");
  EXPECT_EQ(duration_text(microseconds{999'960}), "1.00 s");
  EXPECT_EQ(duration_text(microseconds{61'230'000}), "61.23 s");
}
TEST(SecondsText, IsDecimalSecondsWithoutAnExponent) {
  EXPECT_EQ(seconds_text(microseconds{27'400}), "0.027");
  EXPECT_EQ(seconds_text(nanoseconds{0}), "0.000");
}
TEST(NumberText, WholeNumbersHaveNoFraction) {
  EXPECT_EQ(number_text(1234), "1,234");
  EXPECT_EQ(number_text(0), "0");
}
TEST(NumberText, HalvesAreShownAndRoundingCarries) {
  EXPECT_EQ(number_text(1234.5), "1,234.5");
  EXPECT_EQ(number_text(999.96), "1,000");
}
TEST(NumberText, WhatIsNoCountIsShownAsItIs) {
  EXPECT_EQ(number_text(-1), "-1");
  EXPECT_EQ(number_text(std::nan("")), "nan");
  EXPECT_EQ(number_text(1e30), "1e+30");
}
TEST(MemoryText, LargestWholeUnit) {
  EXPECT_EQ(memory_text(32u << 20), "32 MiB");
  EXPECT_EQ(memory_text(640u << 10), "640 KiB");
  EXPECT_EQ(memory_text(1000), "1,000 bytes");
  EXPECT_EQ(memory_text(0), "0 bytes");
}
TEST(CountOf, OneIsSingular) {
  EXPECT_EQ(count_of(1, "boot"), "1 boot");
  EXPECT_EQ(count_of(0, "boot"), "0 boots");
  EXPECT_EQ(count_of(1000, "boot"), "1,000 boots");
}

TEST(DisplayWidth, SymbolsAreOneColumn) {
  EXPECT_EQ(display_width("✓ ok"), 4u);
  EXPECT_EQ(padded("é", 3), "é  ");
  EXPECT_EQ(padded("long", 3), "long");
}

TEST(DisplayWidth, WideCharactersAreTwoColumns) {
  EXPECT_EQ(display_width("測試"), 4u);
  EXPECT_EQ(display_width("🚀 go"), 5u);
  EXPECT_EQ(display_width("e\u0301"), 1u);
  EXPECT_EQ(display_width("→·│"), 3u);
  EXPECT_EQ(padded("測", 4), "測  ");
}

TEST(Wrapped, BreaksAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("one two three", 8), (Lines{"one two", "three"}));
}
TEST(Wrapped, BreaksAWordThatIsLongerThanALine) {
  EXPECT_EQ(wrapped("abcdefgh", 3), (Lines{"abc", "def", "gh"}));
}
TEST(Wrapped, NeverInsideACharacter) {
  EXPECT_EQ(wrapped("ééé", 2), (Lines{"éé", "é"}));
  EXPECT_EQ(wrapped("測試測", 5), (Lines{"測試", "測"}));
  EXPECT_EQ(wrapped("測試", 1), (Lines{"測", "試"}));
}
TEST(Wrapped, KeepsLineEndsAndIndentation) {
  EXPECT_EQ(wrapped("a\n  b\n", 10), (Lines{"a", "  b", ""}));
}
TEST(Wrapped, NothingIsOneEmptyLine) { EXPECT_EQ(wrapped("", 10), (Lines{""})); }
TEST(Wrapped, NoLineIsEverWiderThanAsked) {
  for (const char* text : {"a bb ccc dddd eeeee", "   lead", "trail   ", "ééééé ✓✓✓✓", " x y z "}) {
    for (std::size_t width = 1; width < 12; ++width) {
      for (const std::string& line : wrapped(text, width)) EXPECT_LE(display_width(line), width);
    }
  }
}

}  // namespace
}  // namespace harness
