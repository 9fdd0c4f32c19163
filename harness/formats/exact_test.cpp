#include "formats/exact.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

std::string told(std::string_view text, Factor factor = {}) {
  const Exact exact = exact_number(text, factor);
  switch (exact.how) {
    case Exactness::exact:
      return std::to_string(exact.value);
    case Exactness::not_a_number:
      return "no number";
    case Exactness::not_whole:
      return "not whole";
    case Exactness::too_large:
      return "too large";
  }
  return "";
}

TEST(Exact, WholeNumbersStayWhatTheyAre) {
  EXPECT_EQ(told("0"), "0");
  EXPECT_EQ(told("000123"), "123");
  EXPECT_EQ(told("12.0"), "12");
  EXPECT_EQ(told("1.5e3"), "1500");
  EXPECT_EQ(told("2500E-2"), "25");
  EXPECT_EQ(told("0.000"), "0");
}

TEST(Exact, AScaleMakesFractionsWholeOrNothingDoes) {
  EXPECT_EQ(told("12.345", {1000, 1}), "12345");
  EXPECT_EQ(told("12.3456", {1000, 1}), "not whole");
  EXPECT_EQ(told("0.125", {8, 1}), "1");
  EXPECT_EQ(told("0.1", {3, 1}), "not whole");
  EXPECT_EQ(told("1e-9", {1'000'000'000, 1}), "1");
}

TEST(Exact, UnitsAreConvertedExactly) {
  EXPECT_EQ(told("1.25", *factor_between("us", "ns")), "1250");
  EXPECT_EQ(told("1500", *factor_between("ns", "us")), "not whole");
  EXPECT_EQ(told("3000", *factor_between("ns", "us")), "3");
  EXPECT_EQ(told("2e3", *factor_between("us", "ms")), "2");
  EXPECT_EQ(told("1.5", *factor_between("KiB", "B")), "1536");
  EXPECT_EQ(told("125", *factor_between("KiB", "KB")), "128");
  EXPECT_EQ(told("7", *factor_between("\xC2\xB5s", "us")), "7");
  EXPECT_FALSE(factor_between("ns", "B"));
  EXPECT_FALSE(factor_between("parrots", "ns"));
  EXPECT_TRUE(factor_between("parrots", "parrots"));
}

TEST(Exact, WhatIsNoNumberIsNone) {
  for (const char* text : {"", ".", "1.", ".5", "-1", "+1", "nan", "inf", "1e", "1e+", "1,000",
                           "0x10", "1.2.3", " 1", "12345678901234567890"}) {
    EXPECT_EQ(told(text), "no number") << text;
  }
}

TEST(Exact, WhatDoesNotFitIsNotCut) {
  EXPECT_EQ(told("18", {1'000'000'000'000'000'000, 1}), "18000000000000000000");
  EXPECT_EQ(told("19", {1'000'000'000'000'000'000, 1}), "too large");
  EXPECT_EQ(told("1e19"), "10000000000000000000");
  EXPECT_EQ(told("1e20"), "too large");
  EXPECT_EQ(told("1e999"), "too large");
  EXPECT_EQ(told("1e-999"), "not whole");
}

}  // namespace
}  // namespace harness
