#include "machine/serial_log.h"

#include <gtest/gtest.h>

#include "machine/closing_line.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

TEST(SerialLog, KeepsBytesAndTheirTimes) {
  Trace trace;
  SerialLog log(trace, 100);
  EXPECT_EQ(log.add("one", 1ms), "one");
  EXPECT_EQ(log.add("two", 5ms), "two");
  EXPECT_EQ(trace.serial, "onetwo");
  ASSERT_EQ(trace.marks.size(), 2u);
  EXPECT_EQ(trace.marks[0].size, 3u);
  EXPECT_EQ(trace.marks[0].at, 1ms);
  EXPECT_EQ(trace.marks[1].size, 6u);
  EXPECT_EQ(trace.marks[1].at, 5ms);
  EXPECT_FALSE(log.overflowed());
}

TEST(SerialLog, KeepsExactlyAsMuchAsTheLimitAllows) {
  Trace trace;
  SerialLog log(trace, 5);
  log.add("12345", 1ms);
  EXPECT_FALSE(log.overflowed());
  EXPECT_EQ(log.add("6", 2ms), "");
  EXPECT_TRUE(log.overflowed());
  EXPECT_EQ(trace.serial, "12345");
}

TEST(SerialLog, CutsThePieceThatCrossesTheLimit) {
  Trace trace;
  SerialLog log(trace, 5);
  EXPECT_EQ(log.add("1234567", 1ms), "12345");
  EXPECT_TRUE(log.overflowed());
}

/// A log of `text` that keeps 16 bytes, fed in pieces of `piece`.
Trace kept_of(std::string_view text, std::size_t piece) {
  Trace trace;
  SerialLog log(trace, 1000, 16);
  for (std::size_t at = 0; at < text.size(); at += piece) {
    EXPECT_EQ(log.add(text.substr(at, piece), 1ms * (at + 1)), text.substr(at, piece));
  }
  log.finish();
  return trace;
}

TEST(SerialLog, KeepsBeginningAndEndOfAFloodHoweverItIsCut) {
  for (const std::size_t piece : {1u, 2u, 3u, 7u, 16u, 17u, 100u}) {
    const Trace trace = kept_of("aa\nbb\ncc\ndd\nee\nff\ngg\nhh\nii\n", piece);
    // 8 bytes and 8 bytes, each cut at its line end.
    EXPECT_EQ(trace.serial, "aa\nbb\nhh\nii\n") << piece;
    EXPECT_EQ(trace.left_out_at, 6u) << piece;
    EXPECT_EQ(trace.left_out, 15u) << piece;
    ASSERT_FALSE(trace.marks.empty());
    EXPECT_EQ(trace.marks.back().size, trace.serial.size()) << piece;
    for (std::size_t i = 1; i < trace.marks.size(); ++i) {
      EXPECT_GT(trace.marks[i].size, trace.marks[i - 1].size) << piece;
    }
  }
}

TEST(SerialLog, FloodWithoutALineEndIsKeptToTheByte) {
  const Trace trace = kept_of("abcdefghijklmnopqrstuvwxyz", 5);
  EXPECT_EQ(trace.serial, "abcdefghstuvwxyz");
  EXPECT_EQ(trace.left_out_at, 8u);
  EXPECT_EQ(trace.left_out, 10u);
}

TEST(SerialLog, WhatJustFitsIsKeptWhole) {
  const Trace trace = kept_of("0123456789abcde\n", 3);
  EXPECT_EQ(trace.serial, "0123456789abcde\n");
  EXPECT_EQ(trace.left_out, 0u);
}

TEST(SerialLog, MarksOfAGuestThatTricklesForHoursAreBounded) {
  Trace trace;
  SerialLog log(trace, 1u << 30, 1000);
  for (int i = 1; i <= 200'000; ++i) log.add("x", 1ms * i);
  EXPECT_LE(trace.marks.size(), 40'000u);
  EXPECT_GT(trace.marks.size(), 10'000u);  // a record keeps 10,000, and must know there were more
  EXPECT_EQ(trace.marks.back().size, 200'000u);
  EXPECT_EQ(trace.marks.back().at, 200s);
}

TEST(ClosingLine, IsSeenOnlyWhenItIsComplete) {
  ClosingLine closing;
  EXPECT_FALSE(closing.add("[BEGIN] protocol=1\n[END] status=pass"));
  EXPECT_FALSE(closing.add(" lines=3"));
  EXPECT_TRUE(closing.add("\n"));
}

TEST(ClosingLine, IsSeenByteByByte) {
  ClosingLine closing;
  bool seen = false;
  for (const char c : std::string_view("text\n[PANIC] x\n")) {
    EXPECT_FALSE(seen);
    seen = closing.add(std::string_view(&c, 1));
  }
  EXPECT_TRUE(seen);
}

TEST(ClosingLine, NeedsItsTagAtTheFirstByteAndABlankBehindIt) {
  for (const char* text :
       {" [END] x\n", "see [END] x\n", "[ENDING] x\n", "[END]\n", "[END", "END] x\n", "\n"}) {
    ClosingLine closing;
    EXPECT_FALSE(closing.add(text)) << text;
  }
}

}  // namespace
}  // namespace harness
