#include "kernel/profile.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace kernel {
namespace {

/// A clock that tests turn by hand. Each reading costs `per_reading`, as on a real processor.
struct FakeClock {
  static inline uint64_t now = 0;
  static inline uint64_t per_reading = 0;
  static uint64_t read() { return now += per_reading; }
};

struct ProfilerTest : testing::Test {
  void SetUp() override {
    FakeClock::now = 1000;
    FakeClock::per_reading = 0;
  }
  static void work(uint64_t cycles) { FakeClock::now += cycles; }
  void timed(int id, uint64_t cycles) {
    const ProfileScope scope(profiler, id);
    work(cycles);
  }
  /// Calls itself `depth` deep, each activation with 10 cycles of its own.
  void recurse(int id, int depth) {
    const ProfileScope scope(profiler, id);
    work(10);
    if (depth > 1) recurse(id, depth - 1);
  }
  const ProfileStats& stats(int id) const { return profiler.stats(static_cast<unsigned>(id)); }

  Profiler profiler{&FakeClock::read};
  int a = profiler.add("a");
  int b = profiler.add("b");
};

TEST_F(ProfilerTest, StartsEmpty) {
  EXPECT_EQ(profiler.count(), 2U);
  EXPECT_STREQ(stats(a).name, "a");
  EXPECT_EQ(stats(a).calls, 0U);
  EXPECT_EQ(stats(a).avg(), 0U);
}

TEST_F(ProfilerTest, CountsCallsAndTheirLeastMeanAndMost) {
  for (const uint64_t cycles : {30U, 10U, 25U}) timed(a, cycles);
  EXPECT_EQ(stats(a).calls, 3U);
  EXPECT_EQ(stats(a).activations, 3U);
  EXPECT_EQ(stats(a).total, 65U);
  EXPECT_EQ(stats(a).self, 65U);
  EXPECT_EQ(stats(a).min, 10U);
  EXPECT_EQ(stats(a).avg(), 21U);
  EXPECT_EQ(stats(a).max, 30U);
  EXPECT_EQ(stats(a).first, 30U);
}

TEST_F(ProfilerTest, AnEmptyCallHasAMinimumOfZero) {
  timed(a, 5);
  timed(a, 0);
  EXPECT_EQ(stats(a).min, 0U);
}

TEST_F(ProfilerTest, SelfTimeLeavesOutSectionsInside) {
  profiler.begin(a);
  work(100);
  timed(b, 40);
  work(1);
  timed(b, 2);
  profiler.end(a);
  EXPECT_EQ(stats(a).total, 143U);
  EXPECT_EQ(stats(a).self, 101U);
  EXPECT_EQ(stats(b).total, 42U);
  EXPECT_EQ(stats(b).self, 42U);
}

TEST_F(ProfilerTest, SelfTimeLeavesOutOnlyDirectSectionsOnce) {
  const int c = profiler.add("c");
  profiler.begin(a);
  work(1);
  profiler.begin(b);
  work(10);
  timed(c, 100);
  profiler.end(b);
  profiler.end(a);
  EXPECT_EQ(stats(a).total, 111U);
  EXPECT_EQ(stats(a).self, 1U);
  EXPECT_EQ(stats(b).self, 10U);
  EXPECT_EQ(stats(c).self, 100U);
}

TEST_F(ProfilerTest, ARecursiveSectionIsOneCallAndItsTimeCountsOnce) {
  recurse(a, 5);
  recurse(a, 3);
  EXPECT_EQ(stats(a).calls, 2U);
  EXPECT_EQ(stats(a).activations, 8U);
  EXPECT_EQ(stats(a).total, 80U);
  EXPECT_EQ(stats(a).self, 80U);
  EXPECT_EQ(stats(a).min, 30U);
  EXPECT_EQ(stats(a).avg(), 40U);
  EXPECT_EQ(stats(a).max, 50U);
  EXPECT_EQ(stats(a).first, 50U) << "the outermost activation, not the first that ended";
}

TEST_F(ProfilerTest, MutualRecursionCountsOuterTimeOnceAndSplitsSelfTime) {
  profiler.begin(a);
  work(1);
  profiler.begin(b);
  work(10);
  profiler.begin(a);
  work(100);
  profiler.end(a);
  profiler.end(b);
  profiler.end(a);
  EXPECT_EQ(stats(a).calls, 1U);
  EXPECT_EQ(stats(a).activations, 2U);
  EXPECT_EQ(stats(a).total, 111U);
  EXPECT_EQ(stats(a).self, 101U);
  EXPECT_EQ(stats(b).total, 110U);
  EXPECT_EQ(stats(b).self, 10U);
}

TEST_F(ProfilerTest, TheHistogramCountsCallsByTheLogarithmOfTheirTime) {
  for (const uint64_t cycles : {0U, 1U, 2U, 3U, 4U, 1023U, 1024U}) timed(a, cycles);
  const uint32_t* histogram = stats(a).histogram;
  EXPECT_EQ(histogram[0], 2U);
  EXPECT_EQ(histogram[1], 2U);
  EXPECT_EQ(histogram[2], 1U);
  EXPECT_EQ(histogram[9], 1U);
  EXPECT_EQ(histogram[10], 1U);
  EXPECT_EQ(std::accumulate(histogram, histogram + ProfileStats::kBuckets, 0U), stats(a).calls);
}

TEST_F(ProfilerTest, TheLastBucketTakesAllLongerCalls) {
  timed(a, (uint64_t{1} << 31) - 1);
  timed(a, uint64_t{1} << 31);
  timed(a, uint64_t{1} << 32);
  timed(a, uint64_t{1} << 60);
  EXPECT_EQ(stats(a).histogram[30], 1U);
  EXPECT_EQ(stats(a).histogram[31], 3U);
}

TEST_F(ProfilerTest, CalibrationMeasuresAnEmptyPairAndLeavesNoTrace) {
  FakeClock::per_reading = 7;
  profiler.calibrate();
  EXPECT_EQ(profiler.inner_overhead(), 7U);
  EXPECT_EQ(profiler.overhead(), 14U);
  EXPECT_EQ(profiler.count(), 2U);
  const int c = profiler.add("c");
  EXPECT_EQ(stats(c).calls, 0U);
  EXPECT_EQ(stats(c).histogram[2], 0U);
}

TEST_F(ProfilerTest, OverheadIsTakenOffTheSectionAndOffAllAroundIt) {
  FakeClock::per_reading = 7;
  profiler.calibrate();
  const int c = profiler.add("c");
  profiler.begin(a);
  work(1000);
  profiler.begin(b);
  work(200);
  timed(c, 30);
  timed(c, 4);
  profiler.end(b);
  profiler.end(a);
  EXPECT_EQ(stats(c).total, 34U);
  EXPECT_EQ(stats(b).total, 234U);
  EXPECT_EQ(stats(b).self, 200U);
  EXPECT_EQ(stats(a).total, 1234U);
  EXPECT_EQ(stats(a).self, 1000U);
}

TEST_F(ProfilerTest, OverheadIsTakenOffRecursiveActivations) {
  FakeClock::per_reading = 7;
  profiler.calibrate();
  recurse(a, 20);
  EXPECT_EQ(stats(a).total, 200U);
  EXPECT_EQ(stats(a).self, 200U);
}

TEST_F(ProfilerTest, MoreOverheadThanTimeGivesZeroAndNeverLess) {
  FakeClock::per_reading = 50;
  profiler.calibrate();
  FakeClock::per_reading = 1;  // the machine has become faster than its calibration
  profiler.begin(a);
  timed(b, 3);
  timed(b, 3);
  profiler.end(a);
  EXPECT_EQ(stats(b).total, 0U);
  EXPECT_EQ(stats(a).total, 0U);
  EXPECT_EQ(stats(a).self, 0U);
}

TEST_F(ProfilerTest, ASectionNeverLastsLessThanWhatRanInsideIt) {
  FakeClock::per_reading = 50;
  profiler.calibrate();
  FakeClock::per_reading = 1;
  recurse(a, 1);  // too short to survive the subtraction
  profiler.begin(a);
  timed(b, 60);
  profiler.end(a);
  EXPECT_GT(stats(b).total, 0U);
  EXPECT_GE(stats(a).total, stats(b).total);
  EXPECT_GE(stats(a).total, stats(a).self);
}

TEST_F(ProfilerTest, AFullTableIsReported) {
  while (profiler.count() < Profiler::kSlots) EXPECT_GE(profiler.add("more"), 0);
  EXPECT_EQ(profiler.dropped(), 0U);
  const int none = profiler.add("one too many");
  EXPECT_EQ(none, -1);
  EXPECT_EQ(profiler.dropped(), 1U);
  timed(none, 10);
  EXPECT_EQ(profiler.dropped(), 2U);
  EXPECT_EQ(profiler.mismatched(), 0U);
}

TEST_F(ProfilerTest, AnUnregisteredIdDoesNotDisturbTheSectionsAroundIt) {
  profiler.begin(a);
  work(5);
  timed(-1, 10);
  timed(99, 10);
  profiler.end(a);
  EXPECT_EQ(stats(a).total, 25U);
  EXPECT_EQ(profiler.dropped(), 2U);
}

TEST_F(ProfilerTest, AFullStackIsReportedAndTheRestStaysRight) {
  const int over = 8;
  recurse(a, static_cast<int>(Profiler::kDepth) + over);
  EXPECT_EQ(profiler.dropped(), static_cast<uint32_t>(over));
  EXPECT_EQ(profiler.mismatched(), 0U);
  EXPECT_EQ(stats(a).calls, 1U);
  EXPECT_EQ(stats(a).activations, uint64_t{Profiler::kDepth});
  EXPECT_EQ(stats(a).total, 10U * (Profiler::kDepth + over));
  timed(b, 6);
  EXPECT_EQ(stats(b).total, 6U);
}

TEST_F(ProfilerTest, AnEndWithoutItsBeginIsReportedAndChangesNothing) {
  profiler.end(a);
  EXPECT_EQ(profiler.mismatched(), 1U);
  EXPECT_EQ(stats(a).calls, 0U);
  profiler.begin(a);
  work(3);
  profiler.end(b);
  work(4);
  profiler.end(a);
  EXPECT_EQ(profiler.mismatched(), 2U);
  EXPECT_EQ(stats(a).total, 7U);
  EXPECT_EQ(stats(b).calls, 0U);
}

TEST_F(ProfilerTest, AForgottenEndIsReportedAndWhatIsAroundItStaysRight) {
  const int c = profiler.add("c");
  profiler.begin(a);
  work(1);
  profiler.begin(b);
  work(10);
  timed(c, 100);
  profiler.end(a);
  EXPECT_EQ(profiler.mismatched(), 1U);
  EXPECT_EQ(stats(b).calls, 0U);
  EXPECT_EQ(stats(a).total, 111U);
  EXPECT_EQ(stats(a).self, 11U);
  timed(b, 6);
  EXPECT_EQ(stats(b).calls, 1U);
  EXPECT_EQ(stats(b).total, 6U);
}

}  // namespace
}  // namespace kernel
