#include "formats/decimal.h"

#include <gtest/gtest.h>

#include <string>

namespace harness {
namespace {

/// "12345e-2", with "-" before it and "+" behind it where something is beyond; "none".
std::string told(std::string_view text, DecimalMark mark = DecimalMark::point) {
  const std::optional<Decimal> number = parse_decimal(text, mark);
  if (!number) return "none";
  std::string digits;
  for (unsigned __int128 rest = number->mantissa; rest != 0; rest /= 10) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  return (number->negative ? "-" : "") + (digits.empty() ? "0" : digits) +
         (number->exponent == 0 ? "" : "e" + std::to_string(number->exponent)) +
         (number->beyond ? "+" : "");
}

TEST(Decimal, AsProgramsPrintThem) {
  EXPECT_EQ(told("0"), "0");
  EXPECT_EQ(told("007"), "7");
  EXPECT_EQ(told("12.50"), "1250e-2");
  EXPECT_EQ(told(".75"), "75e-2");
  EXPECT_EQ(told("5."), "5");
  EXPECT_EQ(told("+5"), "5");
  EXPECT_EQ(told("-5.5"), "-55e-1");
  EXPECT_EQ(told("\xE2\x88\x92"
                 "5"),
            "-5")
      << "U+2212";
  EXPECT_EQ(told("-0"), "0");
  EXPECT_EQ(told("1.5e3"), "15e2");
  EXPECT_EQ(told("1E-06"), "1e-6");
  EXPECT_EQ(told("0x1F"), "31");
  EXPECT_EQ(told("0Xffffffffffffffff"), "18446744073709551615");
}

TEST(Decimal, GroupsOfThreeDigits) {
  for (const char* text : {"1,234,567", "1'234'567", "1_234_567", "1 234 567",
                           "1\xC2\xA0"
                           "234\xC2\xA0"
                           "567",
                           "1\xE2\x80\xAF"
                           "234\xE2\x80\xAF"
                           "567",
                           "1\xE2\x80\x99"
                           "234\xE2\x80\x99"
                           "567"}) {
    EXPECT_EQ(told(text), "1234567") << text;
  }
  EXPECT_EQ(told("12,345.5"), "123455e-1");
  EXPECT_EQ(told("1.234.567,5", DecimalMark::comma), "12345675e-1");
  EXPECT_EQ(told("0,75", DecimalMark::comma), "75e-2");
  EXPECT_EQ(told("1 234,5", DecimalMark::comma), "12345e-1");
}

TEST(Decimal, WhatIsNoGroupIsNoNumber) {
  for (const char* text : {"1,23", "0,750", "12,34,567", "1234,567", "1,234,", ",234", "1,2345",
                           "1,234'567", "1  234", "1,", "0.1,234", "1.234.567", "1.234,5"}) {
    EXPECT_EQ(told(text), "none") << text;
  }
}

TEST(Decimal, WhatIsNoNumberIsNone) {
  for (const char* text :
       {"", ".", "-", "+-1", "nan", "inf", "1e", "1e+", "e5", "1.2.3", " 1", "1 ", "0x", "0xg",
        "0x1.8p3", "0x11112222333344445", "1s", "x1", "--1"}) {
    EXPECT_EQ(told(text), "none") << text;
  }
}

TEST(Decimal, DigitsThatDoNotFitAreToldOf) {
  EXPECT_EQ(told("386.93333333333334"), "38693333333333334e-14");
  EXPECT_EQ(told("1.00000000000000000000000"), "10000000000000000000e-19");
  EXPECT_EQ(told("1.00000000000000000000001"), "10000000000000000000e-19+");
  EXPECT_EQ(told("123456789012345678901234"), "12345678901234567890e4+");
  EXPECT_EQ(told("1e99999999999"), "1e1000000");
}

}  // namespace
}  // namespace harness
