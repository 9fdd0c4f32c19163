#include "profile/made_code.h"

#include <gtest/gtest.h>

#include <string>

#include "stream/limits.h"

namespace harness::profile {
namespace {

/// "100-110:7 " for each range that is alive.
std::string alive(const MadeCode& made) {
  std::string text;
  for (const plugin::Range& range : made.alive()) {
    text += std::to_string(range.begin) + "-" + std::to_string(range.end) + ":" +
            std::to_string(range.function) + " ";
  }
  return text;
}

std::string load(const std::string& base, int size, const std::string& name) {
  return "[CODE] load base=0x" + base + " size=" + std::to_string(size) + " tier=t1 name=" + name +
         "\n";
}

TEST(MadeCode, LinesInPiecesOfAnySizeAreFollowed) {
  const std::string serial = "text\n" + load("10", 4, "f") + "[CODE] move base=0x10 to=0x20\r\n" +
                             load("10", 8, "g") + "[CODE] retire base=0x20 size=4\n";
  for (std::size_t piece = 1; piece < serial.size(); ++piece) {
    MadeCode made(5, 10);
    for (std::size_t at = 0; at < serial.size(); at += piece) made.add(serial.substr(at, piece));
    EXPECT_EQ(alive(made), "16-24:6 ") << piece;
    ASSERT_EQ(made.functions().size(), 2u);
    EXPECT_EQ(made.functions()[0].name, "f [t1]");
    EXPECT_EQ(made.functions()[1].tier, "t1");
    EXPECT_FALSE(made.functions()[1].is_region);
  }
}

TEST(MadeCode, AnAddressBelongsToWhoWasLoadedThereLast) {
  MadeCode made(5, 10);
  made.add(load("10", 4, "f"));
  EXPECT_EQ(alive(made), "16-20:5 ");
  made.add("[CODE] retire base=0x0 size=4096\n");
  EXPECT_EQ(alive(made), "");
  made.add(load("10", 4, "f") + load("20", 4, "f") + load("30", 4, "g"));
  EXPECT_EQ(alive(made), "16-20:6 32-36:7 48-52:8 ");
  EXPECT_EQ(made.functions()[0].name, "f [t1] @0x10 #1");
  EXPECT_EQ(made.functions()[1].name, "f [t1] @0x10 #2");
  EXPECT_EQ(made.functions()[2].name, "f [t1] @0x20");
  EXPECT_EQ(made.functions()[3].name, "g [t1]");
}

TEST(MadeCode, WhatIsDamagedTellsNothing) {
  MadeCode made(0, 10);
  made.add(load("10", 4, "f") + load("12", 4, "g") + load("40", 0, "h") + "[CODE] load base=0x\n" +
           "[CODE] retire base=0x90 size=1\n" + load("FFFFFFFFFFFFFFFF", 2, "i") + "[CODE] load");
  EXPECT_EQ(alive(made), "16-20:0 ");
  EXPECT_EQ(made.functions().size(), 1u);
}

TEST(MadeCode, NoMoreFunctionsHaveNumbersThanThereIsRoomFor) {
  MadeCode made(0, 2);
  made.add(load("10", 4, "f") + load("20", 4, "g") + load("30", 4, "h") + load("40", 4, "i"));
  EXPECT_EQ(alive(made), "16-20:0 32-36:1 ");
  EXPECT_EQ(made.functions().size(), 2u);
  EXPECT_EQ(made.left_out(), 2u);
}

TEST(MadeCode, AFloodOfLinesIsBounded) {
  MadeCode made(0, 10);
  for (int i = 0; i < 40'000; ++i) {
    made.add(load("10", 4, "f") + "[CODE] retire base=0x10 size=4\n");
  }
  EXPECT_EQ(made.functions().size(), 10u);
  EXPECT_EQ(made.left_out(), 40'000u - 10);
}

/// What is alive must not grow for ever: from the limit on, nothing comes or goes.
TEST(MadeCode, LinesBeyondThoseThatEventsKeepAreNotFollowed) {
  MadeCode made(0, 10);
  made.add(load("10", 4, "f"));
  for (std::size_t line = 1; line < EventLimits().code; ++line) made.add(load("20", 4, "g"));
  made.add("[CODE] retire base=0x10 size=4\n" + load("40", 4, "h"));
  EXPECT_EQ(alive(made), "16-20:0 32-36:1 ");
  EXPECT_EQ(made.left_out(), 1u);
}

}  // namespace
}  // namespace harness::profile
