// Tests that fail, each in its way, for the words in which that is told. An end-to-end test holds
// what this says in the unikernel against what it says on the host (failing_tests_host).
#include <gtest/gtest.h>

#include <cstdint>

namespace {

TEST(Comparisons, TellBothValues) {
  const int two = 2, three = 3;
  EXPECT_EQ(two, three);
  EXPECT_EQ(two + two, 5) << "and what the test adds, " << two;
  EXPECT_NE(two, 2);
  EXPECT_LT(three, two);
  EXPECT_LE(three, two);
  EXPECT_GT(two, three);
  EXPECT_GE(two, three);
}

TEST(Comparisons, KnowTypes) {
  const std::uint64_t large = UINT64_MAX;
  const std::int64_t small = INT64_MIN;
  const char* name = "ring";
  const char letter = 'x';
  enum class Color : std::uint8_t { red = 7 };
  EXPECT_EQ(large, 1u);
  EXPECT_EQ(small, 0);
  EXPECT_STREQ(name, "wrong");
  EXPECT_STRNE(name, "ring");
  EXPECT_EQ(true, false);
  EXPECT_GT(letter, 'y');
  EXPECT_TRUE(Color::red != Color::red);
}

TEST(Booleans, TellTheExpression) {
  const bool yes = true;
  EXPECT_TRUE(!yes);
  EXPECT_FALSE(yes) << "said";
}

TEST(Doubles, TellTheDifference) {
  const double half = 0.5;
  EXPECT_NEAR(half, 1.25, 0.25);
  EXPECT_DOUBLE_EQ(half, 0.75);
}

void helper() { ASSERT_EQ(1, 2) << "in a helper"; }

TEST(Fatal, AnAssertionEndsItsFunctionAlone) {
  helper();
  EXPECT_TRUE(HasFatalFailure());
  ADD_FAILURE() << "goes on";
  FAIL() << "ends";
  ADD_FAILURE() << "never reached";
}

struct Fixture : testing::Test {
  void SetUp() override { ASSERT_TRUE(false) << "in SetUp"; }
};
TEST_F(Fixture, WhoseSetUpFailsIsNotRun) { ADD_FAILURE() << "never reached"; }

TEST(Good, PassesAmongThem) {
  EXPECT_EQ(1, 1);
  SUCCEED() << "this is not shown";
}

}  // namespace
