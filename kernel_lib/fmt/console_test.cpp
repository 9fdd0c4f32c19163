#include "kernel/console.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "fmt/recording_sink_testing.h"

namespace kernel {
namespace {

template <class Write>
std::string written(Write write) {
  RecordingSink sink;
  Console console(sink);
  write(console);
  return sink.text;
}
std::string decimal(uint64_t value) {
  return written([=](Console& console) { console.decimal(value); });
}
std::string decimal_signed(int64_t value) {
  return written([=](Console& console) { console.decimal_signed(value); });
}
std::string hex(uint64_t value, unsigned digits = 0) {
  return written([=](Console& console) { console.hex(value, digits); });
}

TEST(Console, DecimalsReachBothLimitsOf64Bits) {
  EXPECT_EQ(decimal(0), "0");
  EXPECT_EQ(decimal(10), "10");
  EXPECT_EQ(decimal(UINT32_MAX), "4294967295");
  EXPECT_EQ(decimal(uint64_t{UINT32_MAX} + 1), "4294967296");
  EXPECT_EQ(decimal(UINT64_MAX), "18446744073709551615");
}

TEST(Console, EveryPowerOfTenHasItsDigits) {
  std::string expected = "1";
  for (uint64_t power = 1; power <= UINT64_MAX / 10; power *= 10) {
    EXPECT_EQ(decimal(power), expected);
    EXPECT_EQ(decimal(power - 1), power == 1 ? "0" : std::string(expected.size() - 1, '9'));
    expected += '0';
  }
}

TEST(Console, SignedDecimalsReachBothLimitsOf64Bits) {
  EXPECT_EQ(decimal_signed(0), "0");
  EXPECT_EQ(decimal_signed(-1), "-1");
  EXPECT_EQ(decimal_signed(INT64_MAX), "9223372036854775807");
  EXPECT_EQ(decimal_signed(INT64_MIN), "-9223372036854775808");
}

TEST(Console, HexIsUpperCaseWithAtLeastTheDigitsAskedFor) {
  EXPECT_EQ(hex(0), "0");
  EXPECT_EQ(hex(0xABCDEF), "ABCDEF");
  EXPECT_EQ(hex(0xAB, 8), "000000AB");
  EXPECT_EQ(hex(0x123456789, 8), "123456789");
  EXPECT_EQ(hex(UINT64_MAX), "FFFFFFFFFFFFFFFF");
  EXPECT_EQ(hex(1, 16), "0000000000000001");
}

TEST(Console, NeverWritesMoreHexDigitsThanANumberHas) {
  EXPECT_EQ(hex(1, 1000), "0000000000000001");
}

TEST(Console, CallsChainAndTextMayHoldAnyByte) {
  const std::string text = written([](Console& console) {
    console.text("a=").decimal(1).text("\0b", 2).newline().text("").text("c", 0);
  });
  EXPECT_EQ(text, std::string("a=1\0b\n", 6));
}

TEST(Console, AColourStaysUntilChangedAndAddsNoByte) {
  RecordingSink sink;
  Console console(sink);
  console.color(Color::yellow).text("ab").color(Color::white).text("c");
  EXPECT_EQ(sink.text, "abc");
  EXPECT_EQ(sink.colors, (std::vector{Color::yellow, Color::yellow, Color::white}));
}

}  // namespace
}  // namespace kernel
