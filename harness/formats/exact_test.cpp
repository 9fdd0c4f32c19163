#include "formats/exact.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

std::string told(std::string_view text, Factor factor = {}, Rounding rounding = Rounding::none) {
  const Exact exact = exact_number(text, factor, rounding);
  const std::string value = (exact.negative ? "-" : "") + std::to_string(exact.value);
  switch (exact.how) {
    case Exactness::exact:
      return value;
    case Exactness::rounded:
      return "about " + value;
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
  EXPECT_EQ(told("1.2.3"), "no number");
  EXPECT_EQ(told("nan", {}, Rounding::nearest), "no number");
}

TEST(Exact, AsPeoplePrintThem) {
  EXPECT_EQ(told("1,234,567"), "1234567");
  EXPECT_EQ(told(".75", *factor_between("s", "ms")), "750");
  EXPECT_EQ(told("2", *factor_between("min", "ns")), "120000000000");
  EXPECT_EQ(told("-12.5", {10, 1}), "-125");
  EXPECT_EQ(told("0x10", {3, 1}), "48");
}

TEST(Exact, RoundsOnlyWhereItMay) {
  EXPECT_EQ(told("386.93333333333334", {1000, 1}), "not whole");
  EXPECT_EQ(told("386.93333333333334", {1000, 1}, Rounding::nearest), "about 386933");
  EXPECT_EQ(told("0.5", {}, Rounding::nearest), "not whole") << "a half would become nothing";
  EXPECT_EQ(told("1.5", {}, Rounding::nearest), "about 2");
  EXPECT_EQ(told("2.5", {}, Rounding::nearest), "about 2") << "of two the even one";
  EXPECT_EQ(told("2.50000000000000000000001", {}, Rounding::nearest), "about 3");
  EXPECT_EQ(told("1e-30", {}, Rounding::nearest), "not whole");
  EXPECT_EQ(told("1e-999", {}, Rounding::nearest), "not whole");
  EXPECT_EQ(told("1234.5", {}, Rounding::fine), "about 1234");
  EXPECT_EQ(told("1500", *factor_between("ns", "us"), Rounding::fine), "not whole")
      << "a third of it would be lost";
  EXPECT_EQ(told("1234567.8", *factor_between("ns", "us"), Rounding::fine), "about 1235");
  EXPECT_EQ(told("-3.25", {}, Rounding::nearest), "about -3");
  EXPECT_EQ(told("12", {}, Rounding::nearest), "12");
}

TEST(Exact, WhatDoesNotFitIsNotCut) {
  EXPECT_EQ(told("18", {1'000'000'000'000'000'000, 1}), "18000000000000000000");
  EXPECT_EQ(told("19", {1'000'000'000'000'000'000, 1}), "too large");
  EXPECT_EQ(told("1e19"), "10000000000000000000");
  EXPECT_EQ(told("1e20"), "too large");
  EXPECT_EQ(told("1e999"), "too large");
  EXPECT_EQ(told("1e-999"), "not whole");
  EXPECT_EQ(told("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(told("18446744073709551616"), "too large");
  EXPECT_EQ(told("18446744073709551616.5", {}, Rounding::nearest), "too large");
  EXPECT_EQ(told("99999999999999999999", *factor_between("d", "ps")), "too large");
  EXPECT_EQ(told("99999999999999999999e-20", *factor_between("ps", "d")), "not whole");
}

}  // namespace
}  // namespace harness
