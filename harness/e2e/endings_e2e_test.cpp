// Faults of the host, each a real one: what happens to QEMU, to images, to disks and folders. What
// happens to the harness itself is in harness_endings_e2e_test.cpp; what guests do wrong is in
// verdict_e2e_test.cpp, one row a guest.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "base/files.h"
#include "e2e/ending_testing.h"
#include "record/store.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(EndingOfGuest, ThatPanicsInWordsOfAnotherKernelIsAPanicAtOnceUnlessThatIsAllowed) {
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
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
    const ScenarioFolder bench;
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
  const ScenarioFolder bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  const CommandResult result =
      bench.run_with_fake_qemu(std::string(kGreeting) + "echo 'Assertion failed' >&2; kill -6 $$");
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_EQ(bench.verdict().reason, "QEMU was killed by signal 6 (Aborted): Assertion failed");
}

TEST(EndingOfQemu, WithoutASandboxSaysHowToTurnItOff) {
  const ScenarioFolder bench;
  bench.image("hang.elf");
  bench.scenario("kernel: hang.elf");
  const CommandResult result = bench.run_with_fake_qemu(
      "echo \"qemu-system-i386: -sandbox on: There is no option group 'sandbox'\" >&2; exit 1");
  EXPECT_EQ(result.exit_status, 3);
  EXPECT_TRUE(holds(bench.verdict().reason, "machine.sandbox: false")) << bench.verdict().reason;
}

TEST(EndingOfQemu, ThatRefusesTheProcessorIsTold) {
  const ScenarioFolder bench;
  bench.image("hello.elf");
  bench.scenario("kernel: hello.elf", "machine: {cpu: nonesuch}\n");
  EXPECT_EQ(bench.run().exit_status, 3);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::harness_error);
  EXPECT_TRUE(holds(bench.verdict().reason, "unable to find CPU model"));
}

TEST(EndingOfImage, ThatIsNoneIsTold) {
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
  bench.image("tinyllama.img");
  fs::resize_file(bench.folder / "tinyllama.img", 3000);
  bench.scenario("disk: tinyllama.img");
  EXPECT_EQ(bench.run().exit_status, 1);
  EXPECT_EQ(bench.verdict().kind, VerdictKind::fail);
  EXPECT_TRUE(holds(bench.verdict().reason, "the disk could not be read"));
}

TEST(EndingOfImage, ThatCannotBeReadIsNamed) {
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
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
  const ScenarioFolder bench;
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

}  // namespace
}  // namespace harness
