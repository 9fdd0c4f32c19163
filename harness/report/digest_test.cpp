#include "report/digest.h"

#include <gtest/gtest.h>

#include "report/report_testing.h"

namespace harness {
namespace {

TEST(EndingAccepted, WithoutAWordInTheScenarioOnlyPassAndSkipAre) {
  RunRecord record = passing_record();
  record.findings.clear();
  record.verdict.kind = VerdictKind::panic;
  BootRecord& boot = record.boots[0];
  boot.ending.kind = VerdictKind::panic;
  EXPECT_FALSE(ending_accepted(record, boot));
  boot.ending.kind = VerdictKind::skip;
  EXPECT_TRUE(ending_accepted(record, boot));
}
TEST(EndingAccepted, APanicThatTheScenarioWantsIsAndAPassIsNot) {
  RunRecord record = passing_record();
  record.stated_ending = VerdictKind::panic;
  record.findings[0].check = "ending pass";  // a title decides nothing
  record.verdict.kind = VerdictKind::fail;
  record.boots[0].ending.kind = VerdictKind::panic;
  EXPECT_TRUE(ending_accepted(record, record.boots[0]));
  EXPECT_FALSE(ending_accepted(record, record.boots[1]));
  EXPECT_EQ(shown_boot(record)->index, 2u);
}
TEST(ShownBoot, IsTheFirstWhereAllWentWell) {
  EXPECT_EQ(shown_boot(passing_record())->index, 1u);
  EXPECT_EQ(shown_boot(RunRecord{}), nullptr);
}

TEST(TestsOverBoots, TheWorstReportIsShownWithItsBoot) {
  RunRecord record = passing_record();
  record.boots[1].events.tests[0].status = wire::Status::fail;
  const auto tests = tests_over_boots(record);
  ASSERT_EQ(tests.size(), 3u);
  EXPECT_EQ(tests[0].shown.status, wire::Status::fail);
  EXPECT_EQ(tests[0].boot, 2u);
  EXPECT_EQ(tests[0].reports, 2u);
  EXPECT_EQ(tests[1].boot, 1u);
}

TEST(Walls, MedianAndTotalAreOverTimedBoots) {
  RunRecord record = passing_record();
  EXPECT_EQ(median_wall(record), std::chrono::microseconds{83'300});
  EXPECT_EQ(total_wall(record), std::chrono::microseconds{166'600});
  record.boots[1].trace.wall = {};
  EXPECT_EQ(median_wall(record), std::chrono::microseconds{82'300});
}
TEST(Walls, BeyondAllBoundsAreNotBelowZero) {
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) boot.trace.wall = std::chrono::nanoseconds::max();
  EXPECT_EQ(total_wall(record), std::chrono::nanoseconds::max());
  EXPECT_GT(*median_wall(record), std::chrono::hours(24 * 365 * 200));
}
TEST(Walls, AReplayedLogHasNone) {
  RunRecord record;
  record.boots.emplace_back();
  EXPECT_EQ(median_wall(record), std::nullopt);
  EXPECT_EQ(total_wall(record), std::nullopt);
  EXPECT_EQ(first_byte(record.boots[0].trace), std::nullopt);
}

TEST(ProcessEnd, DebugExitIsDecodedAndQemusOwnStatusIsNot) {
  Trace trace;
  EXPECT_EQ(process_end(trace), "not observed");
  trace.exit_status = 33;
  EXPECT_EQ(process_end(trace), "status 33, exit value 0x10");
  trace.exit_status = 1;
  EXPECT_EQ(process_end(trace), "status 1");
}
TEST(ProcessEnd, AStopOfOursIsNamed) {
  Trace trace;
  trace.exit_signal = 9;
  trace.stop = StopReason::wall_limit;
  EXPECT_EQ(process_end(trace), "signal 9, stopped: wall_limit");
}

TEST(TailOf, KeepsTheLastLinesAndCountsTheRest) {
  EXPECT_EQ(tail_of("a\nb\nc\n", 2), "[… 1 line before]\nb\nc\n");
  EXPECT_EQ(tail_of("a\nb\nc\n", 3), "a\nb\nc\n");
  EXPECT_EQ(tail_of("a\r\nb", 5), "a\nb\n");
  EXPECT_EQ(tail_of(std::string(100'003, '\n') + "x", 1), "[… 100,003 lines before]\nx\n");
  EXPECT_EQ(tail_of("", 5), "");
}
TEST(TailOf, ALineWithoutEndIsCut) {
  const std::string tail = tail_of(std::string(1'000'000, 'x'), 3);
  EXPECT_EQ(tail, std::string(400, 'x') + " … and 999,600 bytes more in this line\n");
}
TEST(TailOf, EscapesAreMadeHarmless) { EXPECT_EQ(tail_of("\x1b[2J\n", 3), "\\x1B[2J\n"); }

}  // namespace
}  // namespace harness
