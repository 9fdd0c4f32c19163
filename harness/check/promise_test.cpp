#include "check/promise.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

using Number = std::optional<std::uint64_t>;

TEST(PromisePattern, TheHighestNumberOfWholeLinesCounts) {
  const PromisePattern pattern("(committed|kept) (?P<value>\\d+)");
  EXPECT_EQ(pattern.highest("committed 3\nkept 12\r\ncommitted 7\n"), 12u);
  EXPECT_EQ(pattern.highest("nothing\n"), std::nullopt);
  EXPECT_EQ(pattern.highest("committed 1\ncommitted 20"), 1u) << "the line goes on";
}

TEST(PromisePattern, ByPlacesInTheText) {
  const PromisePattern pattern("at (?P<value>\\d+)");
  const std::string text = "at 1\nat 2\nat 5\n";
  EXPECT_EQ(pattern.highest_by(text, {0, 4, 5, 9, 10, 100}),
            (std::vector<Number>{std::nullopt, std::nullopt, 1, 1, 2, 5}));
}

TEST(PromisePattern, WhatIsNoNumberIsNone) {
  const PromisePattern pattern("at (?P<value>\\S*)");
  EXPECT_EQ(pattern.in_line("at 99999999999999999999999"), std::nullopt);
  EXPECT_EQ(pattern.in_line("at -1"), std::nullopt);
  EXPECT_EQ(pattern.in_line("at "), std::nullopt);
  EXPECT_EQ(pattern.in_line("at 18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(PromisePattern("(").in_line("at 1"), std::nullopt);
  EXPECT_EQ(PromisePattern("at").in_line("at 1"), std::nullopt);
}

}  // namespace
}  // namespace harness
