#include "base/listing.h"

#include <gtest/gtest.h>

#include <vector>

namespace harness {
namespace {

TEST(Listing, TenAreNamedAndTheOthersCounted) {
  EXPECT_EQ(listed({}), "");
  const std::vector<std::string> three = {"a", "", "c"};
  EXPECT_EQ(listed(three), "a, , c");
  std::vector<std::string> many;
  for (int i = 0; i < 3000; ++i) many.push_back(std::to_string(i));
  EXPECT_EQ(listed(many), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2,990 more");
  EXPECT_EQ(listed(std::span(many).first(10)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
}

TEST(Listing, LongTextIsCutBetweenCharacters) {
  EXPECT_EQ(shortened("abc", 3), "abc");
  EXPECT_EQ(shortened("abcdef", 3), "abc … (3 more bytes)");
  EXPECT_EQ(shortened("a\xC3\xA9x", 2), "a … (3 more bytes)");
  EXPECT_EQ(shortened("\x80\x80\x80", 1), " … (3 more bytes)") << "no text at all";
}

}  // namespace
}  // namespace harness
