// What a guest executes beside the time that it is halted, by real QEMU.
#include "run/clock_watch.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include <wire/protocol.h>

#include "base/folder_testing.h"
#include "profile/random_guest/program.h"

namespace harness {
namespace {

using profile::Kind;
using profile::Program;

/// Waits for the timer 20 times, with `work` instructions beside each wait.
Program waiting(std::uint32_t work) {
  Program program;
  profile::Statement loop{Kind::loop, 20, 0, {{Kind::wait}, {Kind::plain, work}}};
  program.functions.push_back({{loop}, 0});
  return program;
}

class ClockWatchTest : public testing::Test {
 protected:
  ClockWatchTest() { setenv("UNIHARNESS_PROFILE_PLUGIN", TEST_PLUGIN, 1); }
  ~ClockWatchTest() override { unsetenv("UNIHARNESS_PROFILE_PLUGIN"); }

  Trace boot(const Program& program, ClockKind clock = ClockKind::counted) {
    const auto elf = folder.path / "guest.elf";
    std::ofstream(elf, std::ios::binary) << profile::elf_of(program);
    Scenario scenario;
    scenario.clock = clock;
    Job job;
    job.kernel = elf;
    job.machine.arch = "i386";
    job.machine.vga = true;
    job.clock = clock;
    job.limits.idle = job.limits.wall = std::chrono::seconds(60);
    QemuMachine machine;
    const Trace trace = ClockWatch(machine, scenario).run(job, {});
    EXPECT_EQ(trace.exit_status, wire::process_status(wire::Exit::pass)) << trace.stderr_text;
    return trace;
  }
  TestFolder folder;
};

TEST_F(ClockWatchTest, WorkBesideHaltsIsSeenThoughTheClockHidesIt) {
  const Trace idle = boot(waiting(0)), busy = boot(waiting(500));
  ASSERT_TRUE(idle.executed && busy.executed && idle.halted && busy.halted);
  EXPECT_EQ(*busy.executed - *idle.executed, 20u * 500);
  EXPECT_GT(*idle.halted, 0u);
  EXPECT_LT(*busy.halted, *idle.halted) << "it worked in what was a halt";
}

Program working() {
  Program program;
  program.functions.push_back({{{Kind::plain, 9}}, 0});
  return program;
}

TEST_F(ClockWatchTest, AGuestThatIsNeverHaltedIsSaidToBeThat) {
  EXPECT_EQ(boot(working()).halted, 0u);
}

TEST_F(ClockWatchTest, WithoutThePluginOrByHostTimeNothingIsKnownAndTheBootIsTheSame) {
  EXPECT_EQ(boot(working(), ClockKind::host).halted, std::nullopt);
  setenv("UNIHARNESS_PROFILE_PLUGIN", "/nowhere.so", 1);
  EXPECT_EQ(boot(working()).halted, std::nullopt);
  std::ofstream(folder.path / "none.so") << "no plugin";
  setenv("UNIHARNESS_PROFILE_PLUGIN", (folder.path / "none.so").c_str(), 1);
  EXPECT_EQ(boot(working()).halted, std::nullopt) << "QEMU refuses it, and is asked again without";
}

}  // namespace
}  // namespace harness
