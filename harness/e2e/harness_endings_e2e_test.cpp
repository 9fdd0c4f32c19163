// What happens to the harness itself: signals, hang-ups, floods, a host that is late.
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "base/files.h"
#include "e2e/ending_testing.h"
#include "machine/limit_watch.h"
#include "machine/machine.h"
#include "process/descriptor.h"
#include "record/store.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(EndingOfHarness, SilentWithoutItsStandardDescriptors) {
  // Closed, they would become the next files that the harness opens, and take what it prints.
  const ScenarioFolder bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  const Background running(bench, {}, [] {
    for (int fd = 0; fd < 3; ++fd) close(fd);
  });
  ASSERT_GT(running.qemu(), 0);
  for (int fd = 0; fd < 3; ++fd) {
    EXPECT_EQ(
        fs::read_symlink("/proc/" + std::to_string(running.id()) + "/fd/" + std::to_string(fd)),
        "/dev/null");
  }
}

TEST(EndingOfHarness, ByAHangUpIsThatOfCtrlCUnlessItIsIgnored) {
  const ScenarioFolder bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  {
    Background running(bench, {}, [] { signal(SIGHUP, SIG_DFL); });
    ASSERT_GT(running.qemu(), 0);
    running.send(SIGHUP);
    EXPECT_EQ(running.wait(), 130);
    EXPECT_NE(kill(running.qemu(), 0), 0) << "QEMU is left";
    EXPECT_FALSE(fs::exists(bench.folder / "out"));
  }
  Background running(bench, {}, [] { signal(SIGHUP, SIG_IGN); });  // as nohup does
  ASSERT_GT(running.qemu(), 0);
  running.send(SIGHUP);
  kill(running.qemu(), SIGKILL);
  EXPECT_EQ(running.wait(), 3) << "it went on, and saw that QEMU was killed";
}

TEST(EndingOfHarness, InABuildEndsTheBuild) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  bench.scenario("build: [sh, -c, 'while :; do :; done'], kernel: hello.elf");
  Background running(bench);
  ASSERT_GT(running.qemu(), 0);  // the only child: the build
  running.send(SIGTERM);
  EXPECT_EQ(running.wait(), 130);
  EXPECT_NE(kill(running.qemu(), 0), 0) << "the build is left";
}

TEST(EndingOfHarness, KilledInABuildTakesTheBuildWithIt) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  bench.scenario("build: [sh, -c, 'while :; do :; done'], kernel: hello.elf");
  Background running(bench);
  ASSERT_GT(running.qemu(), 0);  // the only child: the build
  // Readable once the process has ended, whoever reaps it.
  const FileDescriptor build(static_cast<int>(syscall(SYS_pidfd_open, running.qemu(), 0)));
  ASSERT_TRUE(build.is_open());
  running.send(SIGKILL);
  EXPECT_EQ(running.wait(), 128 + SIGKILL);
  pollfd ended = {build.get(), POLLIN, 0};
  EXPECT_EQ(poll(&ended, 1, 10'000), 1) << "the build is left";
  kill(running.qemu(), SIGKILL);
}

TEST(EndingOfHarness, KilledInADiskBootLeavesNoScratchToTheNextBoot) {
  const ScenarioFolder bench;
  bench.image("hang.img");
  bench.scenario("disk: hang.img");
  fs::create_directory(bench.folder / "scratch");
  {
    Background running(bench, bench.folder / "scratch");
    ASSERT_GT(running.qemu(), 0);
    running.send(SIGKILL);
    EXPECT_EQ(running.wait(), 128 + SIGKILL);
  }
  EXPECT_EQ(bench.files("scratch").size(), 1u);
  bench.image("hello.img");
  bench.scenario("disk: hello.img");
  const CommandResult next = run_command({"env", "TMPDIR=" + (bench.folder / "scratch").string(),
                                          UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out"},
                                         bench.folder);
  EXPECT_EQ(next.exit_status, 0) << next.output_tail;
  EXPECT_TRUE(fs::is_empty(bench.folder / "scratch"));
}

TEST(Flood, OfAnyLengthCostsLittleMemoryAndIsReplayedToTheLetter) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf", "", "{wall: 10m, idle: 10m, serial: 20M}");
  const CommandResult result = bench.run_with_fake_qemu(
      std::string(kGreeting) +
      "printf '[BEGIN] protocol=1 image=x boot=disk tests=0 metrics=0\\n'\n"
      // Of all lines those that cost the most: each has a name of its own, and becomes four
      // numbers.
      "seq 1000000 | sed 's/.*/[PROFILE] a.name.as.long.as.names.in.a.profile.may.be.&:'"
      "' calls=1 total=1 min=1 avg=1 max=1 cycles/'\n");
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;
  EXPECT_TRUE(bench.verdict().reason.starts_with(
      "limit serial: stopped after 20971520 bytes of serial output; kept the first 8388"))
      << bench.verdict().reason;
  EXPECT_GT(fs::file_size(bench.folder / "out/serial.log"), 8'000'000u);
  EXPECT_GT(fs::file_size(bench.folder / "out/serial-tail.log"), 8'000'000u);
#if !__has_feature(address_sanitizer)
  // The largest of all children of this program so far.
  rusage usage = {};
  getrusage(RUSAGE_CHILDREN, &usage);
  EXPECT_LT(usage.ru_maxrss, 64 << 10);
#endif
  uniharness({"replay", "out", "--out", "again"}, bench.folder);
  for (const std::string& name : bench.files("out")) {
    EXPECT_TRUE(read_file(bench.folder / "out" / name) == read_file(bench.folder / "again" / name))
        << name;
  }
}

TEST(Flood, WithinItsLimitIsKeptAsHeadAndTailAndNotRepeated) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  std::ofstream(bench.folder / "s.yaml")
      << "name: s\nimage: {kernel: hello.elf}\nclock: host\n"
         "boots: 3\nlimits: {wall: 10m, idle: 10m, serial: 1G}\n";
  const CommandResult result = bench.run_with_fake_qemu(
      std::string(kGreeting) + "yes 'text of no use' | head -c 20000000; exit 33");
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;
  const RunRecord record = saved_record(bench.folder / "out");
  EXPECT_EQ(record.verdict.kind, VerdictKind::truncated);
  EXPECT_TRUE(holds(record.verdict.reason, "20000000 bytes of serial output came"))
      << record.verdict.reason;
  EXPECT_EQ(record.boots.size(), 1u);
}

TEST(Build, CommandOfAScenarioIsShownAndNoBuildForbidsIt) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  fs::create_directory(bench.folder / "elsewhere");
  bench.scenario("build: [cp, hello.elf, made here.elf], kernel: made here.elf");
  const std::vector<std::string> run = {"run", "../s.yaml", "--out", "out"};

  const CommandResult forbidden =
      uniharness({"run", "../s.yaml", "--out", "out", "--no-build"}, bench.folder / "elsewhere");
  EXPECT_EQ(forbidden.exit_status, 3) << forbidden.output_tail;
  EXPECT_FALSE(fs::exists(bench.folder / "made here.elf"));

  // Paths are those of the scenario's folder, wherever the harness is started.
  const CommandResult built = uniharness(run, bench.folder / "elsewhere");
  EXPECT_EQ(built.exit_status, 0) << built.output_tail;
  EXPECT_TRUE(holds(built.output_tail, "build cp hello.elf 'made here.elf': done"))
      << built.output_tail;
  EXPECT_TRUE(fs::exists(bench.folder / "made here.elf"));
}

TEST(Host, AHarnessThatIsLateStillReadsTheScreen) {
  Job job;
  job.kernel = fs::path(UNIHARNESS_IMAGES) / "hello.elf";
  job.clock = ClockKind::counted;
  job.limits.wall = job.limits.idle = 120s;
  job.capture_screen = true;
  QemuMachine machine;
  const Trace trace = machine.run(job, [](std::string_view bytes, auto) {
    // The guest has said all, and waits for its screen to be read: here for longer than it takes.
    if (bytes.find("[END]") != bytes.npos) std::this_thread::sleep_for(4s);
    return true;
  });
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_FALSE(trace.screen.empty());
}

}  // namespace
}  // namespace harness
