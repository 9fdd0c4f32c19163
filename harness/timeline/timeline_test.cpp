#include "timeline/timeline.h"

#include <gtest/gtest.h>

#include <numeric>

#include "timeline/render.h"

namespace harness::timeline {
namespace {

using namespace std::chrono_literals;

BootRecord boot(std::vector<Phase> phases) {
  BootRecord boot;
  boot.trace.wall = 100ms;
  boot.trace.resumed = 20ms;
  boot.trace.tsc_hz = 1'000'000;  // a thousand ticks a millisecond
  boot.trace.marks = {{10, 50ms}, {900, 90ms}};
  boot.events.phases = std::move(phases);
  return boot;
}

Trace empty_guest(std::chrono::nanoseconds wall) {
  Trace trace;
  trace.wall = wall;
  return trace;
}

const std::vector<Phase> kPhases = {{"firmware", 40'000, true}, {"init", 5'000, false}};

double sum_of_times(const Timeline& timeline) {
  return std::accumulate(
      timeline.rows.begin(), timeline.rows.end(), 0.0,
      [](double sum, const TimelineRow& row) { return sum + row.milliseconds.front(); });
}

TEST(Timeline, PhasesStandBetweenTheStartOfQemuAndItsEndAndAddUpToTheWhole) {
  const Timeline timeline = make_timeline({boot(kPhases)}, {empty_guest(70ms)}, {});
  ASSERT_EQ(timeline.rows.size(), 4u);
  EXPECT_EQ(timeline.rows[0].name, "QEMU start");
  EXPECT_DOUBLE_EQ(timeline.rows[0].milliseconds.at(0), 20);
  EXPECT_EQ(timeline.rows[1].name, "firmware");
  EXPECT_DOUBLE_EQ(timeline.rows[1].milliseconds.at(0), 40);
  EXPECT_DOUBLE_EQ(timeline.rows[2].milliseconds.at(0), 5);
  EXPECT_EQ(timeline.rows[3].name, "end");
  EXPECT_DOUBLE_EQ(timeline.rows[3].milliseconds.at(0), 35);
  EXPECT_DOUBLE_EQ(sum_of_times(timeline), timeline.whole.milliseconds.at(0));
}

TEST(Timeline, TheFloorIsTakenOffPairByPair) {
  const Timeline timeline =
      make_timeline({boot(kPhases), boot(kPhases)}, {empty_guest(70ms), empty_guest(95ms)}, {});
  EXPECT_EQ(timeline.own, (std::vector<double>{30, 5}));
}

TEST(Timeline, CountedBootsGiveInstructionsAndWhatDiffersIsNoisy) {
  BootRecord other = boot({{"firmware", 40'002, true}, {"init", 5'000, false}});
  const Timeline timeline =
      make_timeline({boot(kPhases)}, {empty_guest(70ms)}, {boot(kPhases), other});
  EXPECT_EQ(timeline.rows[1].instructions, 40'000u);
  EXPECT_TRUE(timeline.rows[1].noisy);
  EXPECT_EQ(timeline.rows[2].instructions, 5'000u);
  EXPECT_FALSE(timeline.rows[2].noisy);
  EXPECT_EQ(timeline.whole.instructions, 45'000u);
  EXPECT_TRUE(timeline.whole.noisy);
  EXPECT_FALSE(timeline.rows[0].instructions.has_value()) << "nobody counts QEMU's own start";
}

TEST(Timeline, AGuestWithoutPhasesShowsWhatItsOutputDoes) {
  const Timeline timeline = make_timeline({boot({})}, {empty_guest(70ms)}, {boot({})});
  ASSERT_EQ(timeline.rows.size(), 4u);
  EXPECT_EQ(timeline.rows[1].name, "to the first byte");
  EXPECT_DOUBLE_EQ(timeline.rows[1].milliseconds.at(0), 30);
  EXPECT_EQ(timeline.rows[2].name, "to the last byte");
  EXPECT_DOUBLE_EQ(timeline.rows[2].milliseconds.at(0), 40);
  EXPECT_DOUBLE_EQ(sum_of_times(timeline), 100);
  EXPECT_FALSE(timeline.whole.instructions.has_value());
}

TEST(Timeline, WithoutACounterToReadThePhasesByTheyAreNotMadeUp) {
  BootRecord blind = boot(kPhases);
  blind.trace.tsc_hz = 0;
  const Timeline timeline = make_timeline({blind}, {empty_guest(70ms)}, {});
  EXPECT_EQ(timeline.rows[1].name, "to the first byte");
}

TEST(Timeline, NamesOfTheGuestDoNothingToATerminal) {
  const Timeline timeline =
      make_timeline({boot({{"a\x1b[2Jb", 1, false}})}, {empty_guest(70ms)}, {});
  const std::string text = render_text(timeline, {"s", "i386 pc", "tcg", "7.2"});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("the guest's own"), std::string::npos);
}

}  // namespace
}  // namespace harness::timeline
