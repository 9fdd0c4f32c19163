#include "adaptive/hot_paths.h"

#include <gtest/gtest.h>

namespace jit {
namespace {

TEST(HotPaths, AFunctionIsCompiledWhenItsInstructionsHaveBeenInterpretedOftenEnough) {
  uint32_t rows[2];
  HotPaths paths({rows, 2}, 100, 50);
  // 10 instructions, 50 times each: 500 of them, which are 5 samples.
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(paths.add(0, 10)) << i;
  EXPECT_TRUE(paths.add(0, 10));
  EXPECT_FALSE(paths.add(0, 10)) << "said twice";
  EXPECT_EQ(paths.samples(0), 6U);
  EXPECT_EQ(paths.samples(1), 0U);
  EXPECT_EQ(paths.all_samples(), 6U);
}

TEST(HotPaths, WhatIsWorthItIsWhatIsWaitedFor) {
  for (const uint32_t instructions : {1U, 7U, 12U, 53U, 1226U}) {
    uint32_t rows[1];
    HotPaths paths({rows, 1}, 4099, 325);
    uint32_t added = 1;
    while (!paths.add(0, instructions)) ++added;
    EXPECT_EQ(paths.worth(instructions), added) << instructions;
  }
  EXPECT_EQ(HotPaths({}, 1, 0xFFFF'FFFF).worth(0xFFFF'FFFF), 0xFFFF'FFFF);
}

TEST(HotPaths, ASmallFunctionNeedsOneSample) {
  uint32_t rows[1];
  HotPaths paths({rows, 1}, 4099, 325);
  EXPECT_TRUE(paths.add(0, 12));
  EXPECT_FALSE(paths.add(0, 12));
}

TEST(HotPaths, PricesOfMoreThan32BitsDoNotWrap) {
  uint32_t rows[1];
  HotPaths paths({rows, 1}, 4099, 0xFFFF'FFFF);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(paths.add(0, 0x8000'0001));
}

}  // namespace
}  // namespace jit
