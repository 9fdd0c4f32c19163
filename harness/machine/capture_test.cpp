// Real boots whose screen is read.
#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

constexpr char kPngSignature[] = "\x89PNG\r\n\x1A\n";

TEST(Screen, OfAHeldGuestIsReadAndTheGuestThenEndsByItself) {
  Job job = pc_boot_of("hold");
  job.screenshot = true;
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.stop, StopReason::none);
  ASSERT_EQ(trace.screen.size(), kScreenBytes);
  const std::vector<std::uint8_t> start(trace.screen.begin(), trace.screen.begin() + 8);
  EXPECT_EQ(start, (std::vector<std::uint8_t>{'h', 0x0A, 'e', 0x0A, 'l', 0x0E, 'd', 0x0F}));
  EXPECT_TRUE(trace.screenshot.starts_with(kPngSignature));
  EXPECT_EQ(trace.screenshot.substr(trace.screenshot.size() - 8, 4), "IEND");
}

TEST(Screen, IsReadUnderTheCountedClockToo) {
  Job job = pc_boot_of("hold");
  job.clock = ClockKind::counted;
  job.capture_screen = true;
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.screen.size(), kScreenBytes);
  EXPECT_EQ(trace.screenshot, "");
}

TEST(Screen, NotAskedForIsNotReadAndTheGuestIsNotReleased) {
  Job job = pc_boot_of("hold");
  job.limits.idle = 800ms;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_TRUE(trace.screen.empty());
}

TEST(Screen, OfAGuestThatHangsIsReadBeforeItIsEnded) {
  Job job = pc_boot_of("hang");
  job.screenshot = true;
  job.limits.idle = 800ms;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_EQ(trace.exit_signal, SIGKILL);
  ASSERT_EQ(trace.screen.size(), kScreenBytes);
  EXPECT_EQ(trace.screen[0], '!');
  EXPECT_EQ(trace.screen[1], 0x0C);
  EXPECT_TRUE(trace.screenshot.starts_with(kPngSignature));
}

TEST(Screen, OfAPanickedGuestIsReadBeforeTheGraceEnds) {
  Job job = pc_boot_of("panic");
  job.capture_screen = true;
  const Trace trace = run(
      job, [](std::string_view bytes, auto) { return bytes.find('\n') == std::string_view::npos; });
  EXPECT_EQ(trace.stop, StopReason::panic_line);
  EXPECT_EQ(trace.screen.size(), kScreenBytes);
}

TEST(Screen, OfAGuestThatDoesNotHoldIsMissingAndNoError) {
  Job job = pc_boot_of("hello");
  job.capture_screen = true;
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_TRUE(trace.screen.empty());
}

}  // namespace
}  // namespace harness
