#include "adaptive/slices.h"

#include <gtest/gtest.h>

#include "support/rows.h"

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

TEST(Pace, MakesRoomForWhatIsDoneWithoutAPause) {
  static uint64_t now;
  now = 1000;
  Paused p;
  p.pace.begin(500, [] { return now; });
  p.pace.make_room(4);
  EXPECT_EQ(p.count, 0U) << "there is time for 400 ticks";
  now = 1200;
  p.pace.make_room(4);
  EXPECT_EQ(p.count, 1U);
  p.pace.make_room(1000);
  EXPECT_EQ(p.count, 1U) << "there is none in the next slice either";
}

TEST(Pace, IsKeptByWhatEmptiesSetsAndByListsThatGrow) {
  static char memory[1 << 20];
  Paused p;
  Arena arena(memory, sizeof memory);
  arena.use(&p.pace);
  p.pace.begin(64 * 100, nullptr);
  Rows rows;
  ASSERT_TRUE(rows.make(arena, 1000, 1000));
  const uint32_t of_rows = p.count;
  EXPECT_GE(of_rows, 3U);
  List<uint32_t> list(arena);
  ASSERT_TRUE(list.reserve(1024));
  for (uint32_t k = 0; k < 1024; ++k) ASSERT_TRUE(list.add(k));
  p.pace.begin(64 * 100, nullptr);
  ASSERT_TRUE(list.reserve(100'000));
  EXPECT_GT(p.count, of_rows);
}

TEST(Rows, MoreOfThemThanCanBeCountedAreNotMade) {
  static char memory[4 << 20];
  Arena arena(memory, sizeof memory);
  Rows rows;
  // 11,586 words each: 287,312 more than 2^32 of them.
  EXPECT_FALSE(rows.make(arena, 370'728, 370'728));
  EXPECT_TRUE(arena.exhausted());
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
