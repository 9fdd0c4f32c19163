#include "compare/number_names.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

using Names = std::vector<std::string_view>;

const Names kNames = {"sum_to_n", "fibonacci avg", "fibonacci total", "sum_to_n [PROFILE]",
                      "timing of the disk"};

TEST(NumberNames, TheVeryNameGoesFirst) {
  EXPECT_EQ(numbers_called("sum_to_n", kNames), Names{"sum_to_n"});
  EXPECT_EQ(numbers_called("sum_to_n [PROFILE]", kNames), Names{"sum_to_n [PROFILE]"});
  EXPECT_EQ(numbers_called("timing of the disk", kNames), Names{"timing of the disk"});
  const Names odd = {"a*", "ab"};
  EXPECT_EQ(numbers_called("a*", odd), Names{"a*"}) << "a number may be called so";
}

TEST(NumberNames, TheKindOfLineMayStandBefore) {
  EXPECT_EQ(numbers_called("timing sum_to_n", kNames), Names{"sum_to_n"});
  EXPECT_EQ(numbers_called("profile sum_to_n", kNames), Names{"sum_to_n [PROFILE]"});
  EXPECT_EQ(numbers_called("profile fibonacci avg", kNames), Names{"fibonacci avg"});
}

TEST(NumberNames, APatternIsAllThatItMatches) {
  EXPECT_EQ(numbers_called("fib*", kNames), (Names{"fibonacci avg", "fibonacci total"}));
  EXPECT_EQ(numbers_called("sum_to_? [PROFILE]", kNames), Names{"sum_to_n [PROFILE]"});
  EXPECT_EQ(numbers_called("* [*", kNames), Names{"sum_to_n [PROFILE]"});
  EXPECT_TRUE(numbers_called("fib", kNames).empty()) << "a part of a name is none";
  EXPECT_TRUE(numbers_called("[st]*", kNames).empty()) << "brackets are those of the name";
}

TEST(NumberNames, WhatIsMeantOrElseWhatThereIsIsSaid) {
  EXPECT_EQ(other_numbers("fibonaci avg", kNames), ": did you mean 'fibonacci avg'?");
  EXPECT_EQ(other_numbers("xyz", Names{"a", "b\x1b"}), ": there are 'a', 'b\\x1B'");
  EXPECT_EQ(other_numbers("fob*", Names{"fib"}), ": there are 'fib'") << "no name, no slip";
  EXPECT_EQ(other_numbers("xyz", Names{}), "");
  const Names many(2'000, "name");
  EXPECT_NE(other_numbers("xyzxyz", many).find("' and 1,990 more"), std::string::npos);
}

}  // namespace
}  // namespace harness
