// Faults of the host, each a real one: what happens to QEMU, to images, to disks and folders, and
// to the harness itself. What guests do wrong is in verdict_e2e_test.cpp, one row a guest.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "base/files.h"
#include "e2e/e2e.h"
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

/// A folder with a scenario and its own copy of the image, so that its QEMU can be told from all
/// others by name.
struct Bench {
  fs::path folder = fresh_folder();

  void image(const std::string& name) const {
    fs::copy_file(fs::path(UNIHARNESS_IMAGES) / name, folder / name);
  }
  void scenario(const std::string& image, const std::string& more = "",
                const std::string& limits = "{wall: 60s, idle: 60s}") const {
    std::ofstream(folder / "s.yaml") << "name: s\nimage: {" << image << "}\nclock: host\nboots: 1\n"
                                     << "limits: " << limits << "\n"
                                     << (more.empty() ? "machine: {vga: false}\n" : more);
  }
  [[nodiscard]] CommandResult run(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"run", "s.yaml", "--out", "out"});
    return uniharness(more, folder);
  }
  /// Runs with a script in place of QEMU: serial on 0 and 1, errors on 2, QMP on 3.
  [[nodiscard]] CommandResult run_with_fake_qemu(const std::string& script) const {
    fs::create_directories(folder / "bin");
    const fs::path program = folder / "bin/qemu-system-i386";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    fs::permissions(program, fs::perms::owner_all);
    return run_command({"env", "PATH=" + (folder / "bin").string() + ":" + getenv("PATH"),
                        UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out", "-q"},
                       folder);
  }
  [[nodiscard]] Verdict verdict() const { return saved_record(folder / "out").verdict; }
  [[nodiscard]] std::vector<std::string> files(const fs::path& in) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder / in)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
};

constexpr char kGreeting[] = R"(
printf '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}}\r\n' >&3
printf '{"event": "RESUME"}\r\n' >&3
)";

/// What the child of a fork() says is of no interest here.
void fall_silent() {
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
}

/// The harness in the background, with a guest that computes for ever well under way in QEMU.
class Background {
 public:
  /// `prepare` is called in the child, before the harness is.
  explicit Background(const Bench& bench, const fs::path& scratch = {},
                      void (*prepare)() = nullptr) {
    harness_ = fork();
    if (harness_ == 0) {
      fall_silent();
      if (prepare != nullptr) prepare();
      if (chdir(bench.folder.c_str()) != 0) _exit(99);
      if (!scratch.empty()) setenv("TMPDIR", scratch.c_str(), 1);
      execl(UNIHARNESS_PROGRAM, UNIHARNESS_PROGRAM, "run", "s.yaml", "--out", "out", "-q", nullptr);
      _exit(98);
    }
    // Firmware and guest have begun long before QEMU has used a quarter of a second.
    const auto used = [&] { return qemu_ == 0 ? 0ms : host_share_of(qemu_).cpu; };
    for (int i = 0; i < 2000 && used() < 250ms; ++i) {
      std::this_thread::sleep_for(10ms);
      std::ifstream children("/proc/" + std::to_string(harness_) + "/task/" +
                             std::to_string(harness_) + "/children");
      children >> qemu_;
    }
  }
  ~Background() {
    if (harness_ > 0) kill(harness_, SIGKILL), wait();
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  [[nodiscard]] pid_t id() const { return harness_; }
  [[nodiscard]] pid_t qemu() const { return qemu_; }
  void send(int signal) const { kill(harness_, signal); }
  int wait() {
    int status = 0;
    waitpid(harness_, &status, 0);
    harness_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t harness_ = -1, qemu_ = 0;
};

TEST(EndingOfGuest, ThatPanicsInWordsOfAnotherKernelIsAPanicAtOnceUnlessThatIsAllowed) {
  const Bench bench;
  bench.image("foreign_panic.elf");
  bench.scenario("kernel: foreign_panic.elf");
  EXPECT_EQ(bench.run().exit_status, 1);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::panic);
  EXPECT_TRUE(holds(bench.verdict().reason, "(linux): [    0.512345] Kernel panic"))
      << bench.verdict().reason;
  EXPECT_EQ(saved_record(bench.folder / "out").boots[0].trace.stop, StopReason::panic_line);

  const auto run_with = [&](const std::string& allowed) {
    bench.scenario("kernel: foreign_panic.elf",
                   "checks: [ending: idle, allow: {crash: " + allowed + "}]\n",
                   "{wall: 60s, idle: 3s}");
    return bench.run();
  };
  EXPECT_EQ(run_with("linux, from: BEGIN").exit_status, 0) << "the span is open";
  EXPECT_EQ(run_with("linux, from: nowhere").exit_status, 1) << "the span never opens";
  EXPECT_EQ(run_with("assert").exit_status, 1) << "it is of another kind";
}

TEST(EndingOfGuest, ThatTellsQemuOfItsPanicIsAPanicAtOnceWhateverIsAllowed) {
  const Bench bench;
  // A boot sector: 'x' and a line feed to the serial port, 1 to the pvpanic device, hlt.
  std::string sector = "\xBA\xF8\x03\xB0x\xEE\xB0\n\xEE\xBA\x05\x05\xB0\x01\xEE\xF4\xEB\xFD";
  sector.resize(510);
  std::ofstream(bench.folder / "panic.img") << sector << "\x55\xAA";
  for (const char* more : {"", "exit: {pass: 0}\n", "checks: [ending: idle]\n", "formats: tap\n"}) {
    bench.scenario("disk: panic.img",
                   std::string("machine: {vga: false, args: '-device pvpanic'}\n") + more);
    const CommandResult result = bench.run();
    EXPECT_EQ(result.exit_status, 1) << more << result.output_tail;
    EXPECT_EQ(bench.verdict().kind, VerdictKind::panic) << more;
    const Trace trace = saved_record(bench.folder / "out").boots[0].trace;
    EXPECT_EQ(trace.shutdown_reason, "guest-panic") << more;
    EXPECT_EQ(trace.stop, StopReason::none) << more;
  }
}

TEST(EndingOfGuest, ThatSaysAForbiddenLineIsAFailureAtOnceUnlessThatIsAllowed) {
  const Bench bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf", "checks: [forbid: about to]\n");
  EXPECT_EQ(bench.run().exit_status, 1);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::fail);
  EXPECT_EQ(saved_record(bench.folder / "out").boots[0].trace.stop, StopReason::panic_line);

  bench.scenario("kernel: hang.elf",
                 "checks: [ending: idle, forbid: about to, allow: {text: hang}]\n",
                 "{wall: 60s, idle: 3s}");
  EXPECT_EQ(bench.run().exit_status, 0);
}

TEST(EndingOfQemu, ThatIsKilledFromOutsideIsNotTheGuestsDoing) {
  const std::pair<int, const char*> ways[] = {
      {SIGKILL, "QEMU was killed by signal 9 (Killed): QEMU gave no reason"},
      {SIGSEGV, "QEMU was killed by signal 11 (Segmentation fault): QEMU gave no reason"},
      {SIGTERM, "QEMU was ended from outside (host-signal)"}};
  for (const auto& [signal, reason] : ways) {
    const Bench bench;
    bench.image("hang.elf");
    bench.scenario("kernel: hang.elf");
    Background running(bench);
    ASSERT_GT(running.qemu(), 0);
    kill(running.qemu(), signal);
    EXPECT_EQ(running.wait(), 3) << signal;
    EXPECT_EQ(bench.verdict().kind, VerdictKind::harness_error) << signal;
    EXPECT_EQ(bench.verdict().reason, reason);
  }
}

TEST(EndingOfQemu, ThatAbortsIsTold) {
  const Bench bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  const CommandResult result =
      bench.run_with_fake_qemu(std::string(kGreeting) + "echo 'Assertion failed' >&2; kill -6 $$");
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_EQ(bench.verdict().reason, "QEMU was killed by signal 6 (Aborted): Assertion failed");
}

TEST(EndingOfQemu, WithoutASandboxSaysHowToTurnItOff) {
  const Bench bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  const CommandResult result = bench.run_with_fake_qemu(
      "echo \"qemu-system-i386: -sandbox on: There is no option group 'sandbox'\" >&2; exit 1");
  EXPECT_EQ(result.exit_status, 3);
  EXPECT_TRUE(holds(bench.verdict().reason, "machine.sandbox: false")) << bench.verdict().reason;
}

TEST(EndingOfQemu, ThatRefusesTheProcessorIsTold) {
  const Bench bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf", "machine: {cpu: nonesuch}\n");
  EXPECT_EQ(bench.run().exit_status, 3);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::harness_error);
  EXPECT_TRUE(holds(bench.verdict().reason, "unable to find CPU model"));
}

TEST(EndingOfImage, ThatIsNoneIsTold) {
  const Bench bench;
  std::ofstream(bench.folder / "text") << std::string(4096, 'x');
  bench.scenario("kernel: text");
  EXPECT_EQ(bench.run().exit_status, 3);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::harness_error);

  // The firmware looks at it, finds nothing to boot, and says so where only a person looks.
  bench.scenario("disk: text", "machine: {vga: true}\n", "{wall: 60s, idle: 2s}");
  EXPECT_EQ(bench.run().exit_status, 1);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::no_output);
}

TEST(EndingOfImage, ThatIsCutOffIsFoundByTheBootSector) {
  const Bench bench;
  bench.image("tinyllama.img");
  fs::resize_file(bench.folder / "tinyllama.img", 3000);
  bench.scenario("disk: tinyllama.img");
  EXPECT_EQ(bench.run().exit_status, 1);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::fail);
  EXPECT_TRUE(holds(bench.verdict().reason, "the disk could not be read"));
}

TEST(EndingOfImage, ThatCannotBeReadIsNamed) {
  const Bench bench;
  fs::create_directory(bench.folder / "folder.elf");
  // A file that opens and then gives an input error for its first byte, for root too.
  fs::create_symlink("/proc/self/mem", bench.folder / "unreadable.elf");
  for (const char* name : {"folder.elf", "unreadable.elf", "missing.elf"}) {
    bench.scenario("kernel: " + std::string(name));
    const CommandResult result = bench.run();
    EXPECT_EQ(result.exit_status, 3) << name;
    EXPECT_TRUE(holds(result.output_tail, name)) << result.output_tail;
    EXPECT_FALSE(fs::exists(bench.folder / "out"));
  }
}

TEST(EndingOfReport, WithoutAFolderToWriteToIsNamed) {
  const Bench bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf");
  std::ofstream(bench.folder / "out") << "a file";
  const CommandResult result = bench.run();
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_TRUE(holds(result.output_tail, "cannot write to out: ")) << result.output_tail;
  EXPECT_FALSE(holds(result.output_tail, "boot 1/1")) << "known before the first boot";
  EXPECT_EQ(read_file(bench.folder / "out"), "a file");
}

TEST(EndingOfReport, OnAFullDiskLeavesTheReportOfBeforeAndNothingHalfWritten) {
  const Bench bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf");
  ASSERT_EQ(bench.run().exit_status, 0);
  const auto names = bench.files("out");
  const std::string before = read_file(bench.folder / "out/record.json");
  // No file may grow beyond 1 KiB: to a writer this is a disk that is full.
  const CommandResult result = run_command(
      {"bash", "-c", "trap '' XFSZ; ulimit -f 1; exec " UNIHARNESS_PROGRAM " run s.yaml --out out"},
      bench.folder);
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_TRUE(holds(result.output_tail, "cannot write out/")) << result.output_tail;
  EXPECT_EQ(read_file(bench.folder / "out/record.json"), before);
  EXPECT_EQ(bench.files("out"), names);
}

TEST(EndingOfReport, TemporariesOfAKilledHarnessAreRemovedByTheNextRun) {
  const Bench bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf");
  fs::create_directory(bench.folder / "out");
  std::ofstream(bench.folder / "out/.record.json.4711-0.tmp") << "half a rec";
  std::ofstream(bench.folder / "out/notes.tmp") << "the user's";
  EXPECT_EQ(bench.run().exit_status, 0);
  EXPECT_FALSE(fs::exists(bench.folder / "out/.record.json.4711-0.tmp"));
  EXPECT_TRUE(fs::exists(bench.folder / "out/notes.tmp"));
}

TEST(EndingOfReport, OfTwoHarnessesInOneFolderIsThatOfOne) {
  const fs::path folder = fresh_folder();
  for (int round = 0; round < 4; ++round) {
    std::vector<pid_t> both;
    for (const char* name : {"smoke", "misbehaving/early-exit"}) {
      const pid_t child = fork();
      if (child == 0) {
        fall_silent();
        execl(UNIHARNESS_PROGRAM, UNIHARNESS_PROGRAM, "run", scenario_file(name).c_str(),
              "--no-build", "-q", "--out", (folder / "out").c_str(), nullptr);
        _exit(98);
      }
      both.push_back(child);
    }
    for (const pid_t child : both) waitpid(child, nullptr, 0);
    const RunRecord record = load_record(folder / "out");
    const bool smoke = record.scenario == "smoke";
    EXPECT_EQ(record.boots[0].events.begin->image, smoke ? "tinyllama" : "early_exit");
    for (const char* file : {"report.md", "junit.xml"}) {
      EXPECT_TRUE(holds(read_file(folder / "out" / file), record.scenario)) << file;
    }
  }
}

TEST(EndingOfHarness, SilentWithoutItsStandardDescriptors) {
  // Closed, they would become the next files that the harness opens, and take what it prints.
  const Bench bench;
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
  const Bench bench;
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
  const Bench bench;
  bench.image("hello.elf");
  bench.scenario("build: [sh, -c, 'while :; do :; done'], kernel: hello.elf");
  Background running(bench);
  ASSERT_GT(running.qemu(), 0);  // the only child: the build
  running.send(SIGTERM);
  EXPECT_EQ(running.wait(), 130);
  EXPECT_NE(kill(running.qemu(), 0), 0) << "the build is left";
}

TEST(EndingOfHarness, KilledInABuildTakesTheBuildWithIt) {
  const Bench bench;
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
  const Bench bench;
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
  const Bench bench;
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
  const Bench bench;
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
  const Bench bench;
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
