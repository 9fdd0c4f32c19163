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
