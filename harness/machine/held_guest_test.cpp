// Guests that QEMU holds where they are: nothing but an event tells that they go no further.
#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

TEST(Machine, PanicThatIsReportedToQemuEndsTheBootAtOnceWhetherItIsHeldOrNot) {
  std::string where;
  Job job = pc_boot_of("pvpanic");
  job.machine.args = {"-device", "pvpanic"};
  job.limits.wall = job.limits.idle = 60s;
  for (const bool held : {true, false}) {
    where.clear();
    if (held) {
      job.where_it_was = [&](std::string_view text) { where = text; };
    } else {
      job.where_it_was = {};
    }
    const Trace trace = run(job);
    EXPECT_EQ(trace.serial, "giving up\n");
    EXPECT_EQ(trace.exit_status, 0);
    EXPECT_EQ(trace.shutdown_reason, "guest-panic");
    EXPECT_TRUE(trace.shutdown_by_guest);
    EXPECT_EQ(trace.stop, StopReason::none);
    EXPECT_LT(trace.wall, 30s);
    EXPECT_EQ(where.find("EIP=") != where.npos, held) << where;
  }
}

TEST(Machine, PanicOfAGuestThatShallGoOnIsNoEnd) {
  Job job = pc_boot_of("pvpanic");
  job.machine.args = {"-device", "pvpanic", "-action", "panic=none"};
  job.limits.idle = 600ms;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_FALSE(trace.shutdown_reason);
}

TEST(Machine, DiskThatIsFullEndsTheBootAtOnceAndSaysSo) {
  Job job = pc_boot_of("data_disks");
  const std::string disk = "driver=blkdebug,image.driver=null-co,image.read-zeroes=on,";
  job.machine.args = {"-blockdev",
                      disk +
                          "node-name=full,inject-error.0.event=none,inject-error.0.iotype=write,"
                          "inject-error.0.errno=28",
                      "-device",
                      "ide-hd,drive=full,bus=ide.0,unit=0",
                      "-blockdev",
                      disk + "node-name=good",
                      "-device",
                      "ide-hd,drive=good,bus=ide.0,unit=1"};
  job.limits.wall = job.limits.idle = 60s;
  for (const bool asks : {true, false}) {
    job.where_it_was = {};
    if (asks) job.where_it_was = [](std::string_view) {};
    const Trace trace = run(job);
    EXPECT_EQ(trace.stderr_text,
              "the guest was stopped: a disk of the guest failed: No space left on device\n");
    EXPECT_EQ(trace.shutdown_reason, "host-error");
    EXPECT_FALSE(trace.shutdown_by_guest);
    EXPECT_EQ(trace.exit_status, 0);
    EXPECT_LT(trace.wall, 30s);
  }
}

}  // namespace
}  // namespace harness
