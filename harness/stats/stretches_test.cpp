#include "stats/stretches.h"

#include <gtest/gtest.h>

#include <string_view>

namespace harness::stats {
namespace {

std::vector<bool> kinds(std::string_view letters) {
  std::vector<bool> all;
  for (const char letter : letters) all.push_back(letter == 'a');
  return all;
}
double chance(std::string_view letters) { return chance_of_so_few_stretches(kinds(letters)); }

TEST(Stretches, AreCounted) {
  EXPECT_EQ(stretches_in({}), 0U);
  EXPECT_EQ(stretches_in(kinds("aaa")), 1U);
  EXPECT_EQ(stretches_in(kinds("aabba")), 3U);
}

// Of the 20 orders of three and three 2 have two stretches, 4 three, 8 four, 4 five, and 2 six.
TEST(Stretches, FewAreAsLikelyAsTheirOrdersAmongAll) {
  EXPECT_NEAR(chance("aaabbb"), 2 / 20.0, 1e-12);
  EXPECT_NEAR(chance("aabbba"), 6 / 20.0, 1e-12);
  EXPECT_NEAR(chance("aabbab"), 14 / 20.0, 1e-12);
  EXPECT_NEAR(chance("ababba"), 18 / 20.0, 1e-12);
  EXPECT_NEAR(chance("ababab"), 1, 1e-12);
  EXPECT_NEAR(chance("aaaaaaaabbbbbbbbbbbbbbbbbbbbaa"), 30 / 30045015.0, 1e-12);
}

TEST(Stretches, OfOneKindSayNothing) {
  EXPECT_EQ(chance(""), 1);
  EXPECT_EQ(chance("bbbb"), 1);
  EXPECT_NEAR(chance("bbbbba"), 2 / 6.0, 1e-12);
}

}  // namespace
}  // namespace harness::stats
