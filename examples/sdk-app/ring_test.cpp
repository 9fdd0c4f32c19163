// Runs in the guest, and with GoogleTest on the host.
#include "ring.h"

#include <gtest/gtest.h>

namespace {

struct RingTest : testing::Test {
  Ring ring;
};

TEST_F(RingTest, GivesBytesInTheirOrder) {
  EXPECT_TRUE(ring.put(1));
  EXPECT_TRUE(ring.put(2));
  EXPECT_EQ(ring.take(), 1);
  EXPECT_EQ(ring.take(), 2);
  EXPECT_EQ(ring.take(), -1);
}

TEST_F(RingTest, TakesNoMoreThanItHolds) {
  for (std::size_t i = 0; i < Ring::kSize; ++i) {
    ASSERT_TRUE(ring.put(static_cast<std::uint8_t>(i))) << "byte " << i;
  }
  EXPECT_FALSE(ring.put(0));
  EXPECT_EQ(ring.used(), Ring::kSize);
}

}  // namespace
