#include "stream/code_ranges.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

constexpr std::uint64_t kLast = UINT64_MAX;

std::string load(CodeRanges& ranges, std::uint64_t base, std::uint64_t size) {
  return ranges.apply({.kind = CodeLine::Kind::load, .base = base, .size = size});
}
std::string move(CodeRanges& ranges, std::uint64_t base, std::uint64_t to) {
  return ranges.apply({.kind = CodeLine::Kind::move, .base = base, .to = to});
}
std::string retire(CodeRanges& ranges, std::uint64_t base, std::uint64_t size) {
  return ranges.apply({.kind = CodeLine::Kind::retire, .base = base, .size = size});
}

TEST(CodeRanges, NeighboursMayTouchAndNotOverlap) {
  CodeRanges ranges;
  EXPECT_EQ(load(ranges, 100, 10), "");
  EXPECT_EQ(load(ranges, 110, 10), "");
  EXPECT_EQ(load(ranges, 90, 10), "");
  for (const std::uint64_t base : {85u, 90u, 99u, 100u, 119u}) {
    EXPECT_NE(load(ranges, base, 6), "") << base;
  }
  EXPECT_NE(load(ranges, 0, kLast), "");
  EXPECT_EQ(ranges.alive().size(), 3u);
}

TEST(CodeRanges, TheLastAddressIsOneLikeAnyOther) {
  CodeRanges ranges;
  EXPECT_EQ(load(ranges, kLast, 1), "");
  EXPECT_NE(load(ranges, kLast - 1, 2), "");
  EXPECT_EQ(load(ranges, kLast - 1, 1), "");
  EXPECT_EQ(load(ranges, 0, kLast - 1), "");
  EXPECT_EQ(retire(ranges, 0, kLast), "") << "all but the last address";
  EXPECT_EQ(ranges.alive().size(), 1u);
}

TEST(CodeRanges, WhatWasRetiredMakesRoom) {
  CodeRanges ranges;
  EXPECT_EQ(load(ranges, 100, 10), "");
  EXPECT_EQ(retire(ranges, 100, 10), "");
  EXPECT_NE(retire(ranges, 100, 10), "") << "once";
  EXPECT_EQ(load(ranges, 95, 10), "");
  EXPECT_EQ(ranges.alive().at(95).load, 1u) << "the second that was loaded";
}

TEST(CodeRanges, ManyAreRetiredAtOnceAndNoneInPart) {
  CodeRanges ranges;
  for (std::uint64_t base = 100; base < 200; base += 10) load(ranges, base, 10);
  EXPECT_NE(retire(ranges, 105, 20), "");
  EXPECT_NE(retire(ranges, 100, 15), "");
  EXPECT_NE(retire(ranges, 101, 3), "");
  EXPECT_EQ(ranges.alive().size(), 10u);
  EXPECT_EQ(retire(ranges, 120, 30), "");
  EXPECT_EQ(ranges.alive().size(), 7u);
  EXPECT_EQ(retire(ranges, 0, 1000), "");
  EXPECT_TRUE(ranges.alive().empty());
}

TEST(CodeRanges, AMoveKeepsSizeAndIdentity) {
  CodeRanges ranges;
  load(ranges, 100, 10);
  load(ranges, 200, 10);
  EXPECT_EQ(move(ranges, 200, 205), "") << "over itself";
  EXPECT_EQ(ranges.alive().at(205).load, 1u);
  EXPECT_NE(move(ranges, 200, 300), "") << "it is not there any more";
  EXPECT_NE(move(ranges, 205, 95), "");
  EXPECT_NE(move(ranges, 205, kLast - 8), "");
  EXPECT_EQ(move(ranges, 205, kLast - 9), "");
  EXPECT_EQ(ranges.alive().size(), 2u);
}

TEST(CodeRanges, WhatWasRefusedChangesNothing) {
  CodeRanges ranges;
  load(ranges, 100, 10);
  load(ranges, 200, 20);
  EXPECT_NE(move(ranges, 200, 95), "");
  EXPECT_EQ(ranges.alive().at(200).size, 20u);
  EXPECT_NE(load(ranges, 0, 101), "");
  EXPECT_EQ(load(ranges, 300, 1), "");
  EXPECT_EQ(ranges.alive().at(300).load, 2u) << "a load that was refused has no number";
}

}  // namespace
}  // namespace harness
