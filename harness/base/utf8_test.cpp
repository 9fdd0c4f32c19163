#include "base/utf8.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(Utf8Text, WhatIsUtf8IsNotCopied) {
  Utf8Text text;
  for (const std::string_view line :
       {"", "plain", "caf\xC3\xA9", "\xE2\x82\xAC\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(text.of(line).data(), line.data());
    EXPECT_EQ(text.of(line), line);
  }
}

TEST(Utf8Text, OtherBytesAreLatin1) {
  Utf8Text text;
  EXPECT_EQ(text.of("caf\xE9 5 \xB5s"), "caf\xC3\xA9 5 \xC2\xB5s");
  EXPECT_EQ(text.of("\xFF"), "\xC3\xBF");
  EXPECT_EQ(text.of("a\x80"), "a\xC2\x80");
  EXPECT_EQ(text.of("\xC3\xA9\xE9"), "\xC3\xA9\xC3\xA9");
}

TEST(Utf8Text, CutOverlongAndSurrogateSequencesAreNone) {
  Utf8Text text;
  EXPECT_EQ(text.of("\xE2\x82"), "\xC3\xA2\xC2\x82");
  EXPECT_EQ(text.of("\xC0\xAF"), "\xC3\x80\xC2\xAF");
  EXPECT_EQ(text.of("\xED\xA0\x80"), "\xC3\xAD\xC2\xA0\xC2\x80");
  EXPECT_EQ(text.of("\xF4\x90\x80\x80"), "\xC3\xB4\xC2\x90\xC2\x80\xC2\x80");
}

}  // namespace
}  // namespace harness
