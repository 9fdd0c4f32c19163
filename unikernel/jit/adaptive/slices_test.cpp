#include "adaptive/slices.h"

#include <gtest/gtest.h>

namespace jit {
namespace {

struct Paused {
  uint32_t count = 0;
  Pace pace{[](void* self) { ++static_cast<Paused*>(self)->count; }, this};
};

TEST(Pace, PausesBehindSoManySteps) {
  Paused p;
  p.pace.begin(10'000, nullptr);
  for (uint32_t k = 0; k < 95; ++k) p.pace.step(1);
  EXPECT_EQ(p.count, 0U);
  for (uint32_t k = 0; k < 64; ++k) p.pace.step(1);
  EXPECT_GE(p.count, 1U);
}

TEST(Pace, LooksAtTheClockWhereThereIsOne) {
  static uint64_t now;
  now = 1000;
  Paused p;
  p.pace.begin(500, [] { return now; });
  p.pace.step(1'000'000);
  EXPECT_EQ(p.count, 0U) << "no time has passed";
  now = 1499;
  p.pace.step(1'000'000);
  EXPECT_EQ(p.count, 0U);
  now = 1500;
  p.pace.step(1'000'000);
  EXPECT_EQ(p.count, 1U);
}

TEST(Pace, StepsOfOthersAreNoSteps) {
  Paused p;
  p.pace.step(1'000'000);
  p.pace.begin(1, nullptr);
  p.pace.end();
  p.pace.step(1'000'000);
  EXPECT_EQ(p.count, 0U);
}

TEST(Pace, IsKeptByWhatAnArenaHandsOut) {
  char memory[4096];
  Arena arena(memory, sizeof memory);
  Paused p;
  arena.use(&p.pace);
  p.pace.begin(1, nullptr);
  for (uint32_t k = 0; k < 100; ++k) (void)arena.make<char>(1);
  EXPECT_GE(p.count, 1U);
}

TEST(Slices, AreDoneInOneWhereTheyCannotBeCut) {
  Slices slices;
  uint32_t done = 0;
  EXPECT_FALSE(slices.is_active());
  slices.begin([](void* context) { ++*static_cast<uint32_t*>(context); }, &done);
  EXPECT_TRUE(slices.is_active());
  EXPECT_EQ(done, 0U) << "not before its turn";
  slices.go_on(1, nullptr);
  EXPECT_EQ(done, 1U);
  EXPECT_FALSE(slices.is_active());
}

}  // namespace
}  // namespace jit
