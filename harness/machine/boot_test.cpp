// Real boots of small guests (testdata/): how they end, and what comes back.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

TEST(Machine, GuestThatPassesEndsByItselfWithItsText) {
  const Trace trace = run(boot_of("hello"));
  EXPECT_TRUE(trace.started);
  EXPECT_EQ(trace.serial, "hello from the guest\n");
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_FALSE(trace.exit_signal);
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_FALSE(trace.shutdown_reason);
  EXPECT_EQ(trace.stderr_text, "");
  EXPECT_EQ(trace.qemu_version.find_first_not_of("0123456789."), std::string::npos);
  EXPECT_GE(std::ranges::count(trace.qemu_version, '.'), 2);
  EXPECT_GT(trace.wall, 0ns);
  EXPECT_GT(trace.use.max_rss_kib, 0u);
  EXPECT_EQ(trace.command[0], "qemu-system-i386");
}

TEST(Machine, MarksCoverTheWholeOutputAndLieWithinTheBoot) {
  const Trace trace = run(boot_of("hello"));
  ASSERT_FALSE(trace.marks.empty());
  EXPECT_EQ(trace.marks.back().size, trace.serial.size());
  EXPECT_GT(trace.marks.front().at, 0ns);
  // The last bytes may be read just after the end has been seen.
  EXPECT_LE(trace.marks.front().at, trace.wall);
}

TEST(Machine, OutputLargerThanAPipeArrivesWholeAndTheSinkSeesEachByteOnce) {
  std::string line;
  for (int i = 0; i < 59; ++i) line += static_cast<char>('a' + i % 26);
  line += '\n';
  std::string expected;
  for (int i = 0; i < 10'000; ++i) expected += line;

  std::string seen;
  std::chrono::nanoseconds last{0};
  const Trace trace = run(boot_of("flood"), [&](std::string_view bytes, auto at) {
    EXPECT_FALSE(bytes.empty());
    EXPECT_GE(at, last);
    last = at;
    seen += bytes;
    return true;
  });
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_TRUE(trace.serial == expected) << trace.serial.size() << " bytes";
  EXPECT_TRUE(seen == expected) << seen.size() << " bytes";

  // Read in pieces and not byte by byte: at most once in each half millisecond, and at the end
  // what the pipe still holds, 64 KiB at a time.
  const auto most = trace.wall / 500us + (1 << 20) / (64 << 10) + 1;
  EXPECT_LE(trace.marks.size(), static_cast<std::size_t>(most));
  EXPECT_GE(trace.marks.size(), 2u);
}

TEST(Machine, WhatIsInThePipeWhenQemuEndsIsReadToo) {
  bool first = true;
  Job job = boot_of("flood");
  job.limits.wall = 120s;  // of a busy host
  const Trace trace = run(job, [&](std::string_view, auto) {
    // QEMU ends while we are here, with most of its output still unread. Where the system gives
    // us a small pipe only, QEMU has to wait for us instead: no reason to wait for ever.
    for (int i = 0; first && !qemu_has_ended() && i < 500; ++i) usleep(10'000);
    first = false;
    return true;
  });
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.serial.size(), 600'000u);
}

TEST(Machine, ASinkThatTakesItsTimeIsNoSilenceOfTheGuest) {
  bool first = true;
  Job job = boot_of("babble");
  job.limits.idle = 500ms;
  job.limits.serial = 1u << 20;  // it never ends by itself
  job.limits.wall = 120s;
  const Trace trace = run(job, [&](std::string_view, auto) {
    if (first) std::this_thread::sleep_for(3 * job.limits.idle);
    first = false;
    return true;
  });
  EXPECT_EQ(trace.stop, StopReason::serial_limit);
  EXPECT_EQ(trace.serial.size(), job.limits.serial);
}

TEST(Machine, TripleFaultIsAGuestReset) {
  std::string where;
  Job job = boot_of("triple_fault");
  job.where_it_was = [&](std::string_view text) { where = text; };
  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "falling\n");
  EXPECT_EQ(trace.exit_status, 0);
  EXPECT_EQ(trace.shutdown_reason, "guest-reset");
  EXPECT_TRUE(trace.shutdown_by_guest);
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_NE(where.find("EIP="), where.npos) << "where it fell";
}

TEST(Machine, PowerOffIsAGuestShutdown) {
  std::string where;
  Job job = pc_boot_of("power_off");
  job.where_it_was = [&](std::string_view text) { where = text; };
  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "switching off\n");
  EXPECT_EQ(trace.exit_status, 0);
  EXPECT_EQ(trace.shutdown_reason, "guest-shutdown");
  EXPECT_TRUE(trace.shutdown_by_guest);
  EXPECT_EQ(where, "");
}

TEST(Machine, SilenceAfterTextEndsAtTheIdleLimit) {
  std::string where;
  Job job = boot_of("hang");
  job.limits.idle = 600ms;
  job.where_it_was = [&](std::string_view text) { where = text; };
  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "and now silence\n");
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_EQ(trace.exit_signal, SIGKILL);
  EXPECT_FALSE(trace.exit_status);
  EXPECT_TRUE(trace.started);
  EXPECT_NE(where.find("EIP="), where.npos) << "where it hangs";
}

TEST(Machine, SilenceFromTheStartEndsAtTheIdleLimitWithNoByte) {
  Job job = boot_of("silent");
  job.limits.idle = 300ms;
  const Trace trace = run(job);
  EXPECT_EQ(trace.serial, "");
  EXPECT_TRUE(trace.marks.empty());
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_TRUE(trace.started);
}

TEST(Machine, MachineWithoutASerialPortIsNotIdle) {
  Job job = boot_of("silent");
  job.machine.serial = false;
  job.limits.idle = 50ms;
  job.limits.wall = 300ms;
  EXPECT_EQ(run(job).stop, StopReason::wall_limit);
}

TEST(Machine, TalkingForEverEndsAtTheWallLimit) {
  Job job = boot_of("babble");
  job.limits.wall = 800ms;
  job.limits.idle = 500ms;
  job.limits.serial = 1u << 30;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::wall_limit);
  EXPECT_GT(trace.serial.size(), 0u);
}

TEST(Machine, TalkingTooMuchEndsAtTheSerialLimitAndKeepsExactlyThat) {
  Job job = boot_of("babble");
  job.limits.serial = 100'000;
  std::size_t seen = 0;
  const Trace trace = run(job, [&](std::string_view bytes, auto) {
    seen += bytes.size();
    return true;
  });
  EXPECT_EQ(trace.stop, StopReason::serial_limit);
  EXPECT_EQ(trace.serial.size(), 100'000u);
  EXPECT_EQ(seen, 100'000u);
}

TEST(Machine, GuestThatEndsByItselfAfterTooMuchIsStillOverTheLimit) {
  Job job = boot_of("flood");
  job.limits.serial = 599'999;
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::serial_limit);
  EXPECT_EQ(trace.serial.size(), 599'999u);
}

TEST(Machine, GuestThatHangsAfterItsPanicLineIsEnded) {
  const Trace trace = run(boot_of("panic"), [](std::string_view bytes, auto) {
    return bytes.find('\n') == std::string_view::npos;
  });
  EXPECT_EQ(trace.serial, "[PANIC] on purpose\n");
  EXPECT_EQ(trace.stop, StopReason::panic_line);
  EXPECT_EQ(trace.exit_signal, SIGKILL);
}

TEST(Machine, GuestThatEndsByItselfInTheGraceIsItsOwnWitness) {
  const Trace trace = run(boot_of("hello"), [](std::string_view, auto) { return false; });
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.serial, "hello from the guest\n");
}

TEST(Machine, GuestThatEndsJustBeforeWeEndItIsItsOwnWitness) {
  const Trace trace = run(boot_of("hello"), [](std::string_view, auto) {
    while (!qemu_has_ended()) usleep(1'000);
    usleep(250'000);  // the grace is over before we look again
    return false;
  });
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_EQ(trace.exit_status, kPassStatus);
}

TEST(Machine, RefusedOptionIsATraceThatNeverStartedWithQemusWords) {
  Job job = boot_of("hello");
  job.machine.model = "toaster";
  const Trace trace = run(job);
  EXPECT_FALSE(trace.started);
  EXPECT_EQ(trace.exit_status, 1);
  EXPECT_NE(trace.stderr_text.find("unsupported machine type"), std::string::npos)
      << trace.stderr_text;
}

TEST(Machine, ImageThatQemuCannotLoadNeverStarts) {
  Job job = boot_of("hello");
  job.kernel = "/no/such/kernel";
  const Trace trace = run(job);
  EXPECT_FALSE(trace.started);
  EXPECT_NE(trace.stderr_text.find("/no/such/kernel"), std::string::npos) << trace.stderr_text;
}

TEST(Machine, MissingQemuIsAnErrorWithAHint) {
  const std::string path = getenv("PATH");
  setenv("PATH", "/no/such/folder", 1);
  QemuMachine machine;
  try {
    machine.run(boot_of("hello"), {});
    ADD_FAILURE() << "it ran";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "qemu-system-i386 not found");
    EXPECT_EQ(error.hint, "install it: apt-get install qemu-system-x86");
  }
  setenv("PATH", path.c_str(), 1);
}

TEST(Machine, CountedClockGivesTheSameOutputTwice) {
  Job job = boot_of("counted");
  job.clock = ClockKind::counted;
  const Trace first = run(job);
  // A loop of 1000 turns costs 1000 instructions and a few around it (0x3E8 and up); the battery
  // clock shows the year that the command line sets.
  EXPECT_TRUE(first.serial.starts_with("ticks 000003EB year 00000000\n")) << first.serial;
  EXPECT_EQ(first.serial, run(job).serial);
}

TEST(Machine, SinkThatThrowsLeavesNoProcess) {
  QemuMachine machine;
  const SerialSink sink = [](std::string_view, auto) -> bool { throw Error("disk full"); };
  EXPECT_THROW(machine.run(boot_of("hang"), sink), Error);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
}

/// How many system call filters a process has.
int filters_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    int count = 0;
    if (word == "Seccomp_filters:" && status >> count) return count;
  }
  return 0;
}

TEST(Machine, QemuForbidsItselfSystemCallsUnlessToldNotTo) {
  const auto filters = [](bool sandbox) {
    Job job = boot_of("hang");
    job.machine.sandbox = sandbox;
    int count = 0;
    const Trace trace = run(job, [&](std::string_view, auto) {
      count = filters_of(running_qemu());
      return false;
    });
    EXPECT_EQ(trace.stop, StopReason::panic_line) << trace.stderr_text;
    return count;
  };
  EXPECT_GT(filters(true), filters(false));
}

TEST(Machine, QemuIsOutOfTheTerminalsReach) {
  bool looked = false;
  run(boot_of("hello"), [&](std::string_view, auto) {
    const pid_t qemu = running_qemu();
    if (qemu > 0 && !looked) EXPECT_EQ(getpgid(qemu), qemu);
    looked = true;
    return true;
  });
  EXPECT_TRUE(looked);
}

TEST(MachineSteps, AGuestThatWaitsForAByteGetsIt) {
  Job job = boot_of("hold");
  job.steps = {{.wait = "held", .within = {}, .send = {}, .send_file = {}, .stop = false},
               {.wait = {}, .within = {}, .send = "x", .send_file = {}, .stop = false}};
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_EQ(trace.steps_done, 2u);
}

TEST(MachineSteps, AGuestThatNeverEndsIsStoppedWhenItHasSaidEnough) {
  Job job = boot_of("hang");
  job.steps = {{.wait = "silence", .within = 5s, .send = {}, .send_file = {}, .stop = false},
               {.wait = {}, .within = {}, .send = {}, .send_file = {}, .stop = true}};
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::satisfied);
  EXPECT_EQ(trace.steps_done, 2u);
  EXPECT_LT(trace.wall, 3s);  // and not at the limit on silence
}

TEST(MachineSteps, AStepThatTakesTooLongEndsTheBoot) {
  Job job = boot_of("hang");
  job.steps = {{.wait = "never said", .within = 300ms, .send = {}, .send_file = {}, .stop = false}};
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::step_limit);
  EXPECT_EQ(trace.steps_done, 0u);
}

TEST(Machine, ASilenceThatWouldTellNothingMoreEndsTheBootEarly) {
  Job job = boot_of("hang");
  job.limits.wall = 60s;
  job.limits.idle = 50s;
  int asked = 0;
  job.settled = [&] {
    ++asked;
    return true;
  };
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_FALSE(trace.serial.empty());
  EXPECT_EQ(asked, 1);
}

TEST(Machine, ASilenceThatMayGoOnIsAskedAboutOnce) {
  Job job = boot_of("hang");
  job.limits.wall = 60s;
  job.limits.idle = kSettled + 1s;
  int asked = 0;
  job.settled = [&] {
    ++asked;
    return false;
  };
  EXPECT_EQ(run(job).stop, StopReason::idle_limit);
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace harness
