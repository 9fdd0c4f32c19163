#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "machine/machine.h"

namespace harness {
namespace {

Job disk_job() {
  Job job;
  job.disk = "/images/tiny.img";
  return job;
}

Job kernel_job() {
  Job job;
  job.kernel = "/images/tiny.elf";
  return job;
}

std::string bare(const Job& job) { return shell_quoted(qemu_command(job, CommandStyle::bare)); }

std::string harnessed(const Job& job) {
  return shell_quoted(qemu_command(job, CommandStyle::harnessed, 3));
}

bool has(const std::string& line, const std::string& words) {
  return (" " + line + " ").find(" " + words + " ") != std::string::npos;
}

/// What a POSIX shell makes of a command line.
std::vector<std::string> words_read_by_shell(const std::string& line) {
  // The line stands on its own, as a person pastes it; the function shows what came in.
  const std::string script = "show() { printf '%s\\0' \"$@\"; }\nshow " + line + "\n";
  FILE* shell = popen(("exec sh -c " + shell_quoted({script})).c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer;
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), shell)) > 0;) {
    output.append(buffer.data(), n);
  }
  EXPECT_EQ(pclose(shell), 0);
  std::vector<std::string> words;
  while (!output.empty()) {
    const std::size_t end = output.find('\0');
    words.push_back(output.substr(0, end));
    output.erase(0, end + 1);
  }
  return words;
}

TEST(QemuCommand, OfADiskBootIsThis) {
  EXPECT_EQ(bare(disk_job()),
            "qemu-system-i386 -nodefaults -no-user-config -display none -nic none -no-reboot "
            "-device isa-debug-exit,iobase=0xf4,iosize=4 -M pc -m 32M -accel tcg -device VGA "
            "-icount shift=0,sleep=off -rtc base=2000-01-01T00:00:00,clock=vm "
            "-drive file=/images/tiny.img,format=raw,snapshot=on,if=ide -boot c -serial stdio");
}

TEST(QemuCommand, HarnessedAddsOnlyTheConnectionsToTheBareOne) {
  Job job = disk_job();
  const std::string common = bare(job).substr(0, bare(job).rfind(" -serial"));
  EXPECT_EQ(harnessed(job), common +
                                " -chardev stdio,id=serial0,signal=off -serial chardev:serial0"
                                " -S -chardev socket,id=qmp,fd=3 -mon chardev=qmp,mode=control");
}

TEST(QemuCommand, AsksTheGuestToHoldOnlyWhereAScreenIsWantedAndThere) {
  const std::string hold = "-fw_cfg name=opt/uniharness/hold,string=1";
  Job job = kernel_job();
  EXPECT_FALSE(has(harnessed(job), hold));
  job.capture_screen = true;
  EXPECT_TRUE(has(harnessed(job), hold));
  EXPECT_FALSE(has(bare(job), hold));
  job.machine.vga = false;
  EXPECT_FALSE(has(harnessed(job), hold));
}

TEST(QemuCommand, NamesMachineProcessorMemoryAndFirmware) {
  Job job = kernel_job();
  job.firmware = "qboot.rom";
  job.machine = {.arch = "x86_64",
                 .model = "microvm,acpi=off",
                 .memory = 1536 << 10,
                 .accel = "kvm",
                 .cpu = "max",
                 .smp = 2,
                 .vga = false,
                 .serial = true};
  job.clock = ClockKind::host;
  const std::string line = bare(job);
  EXPECT_TRUE(line.starts_with("qemu-system-x86_64 "));
  EXPECT_TRUE(has(line, "-M microvm,acpi=off -m 1536K -accel kvm -cpu max -smp 2"));
  EXPECT_TRUE(has(line, "-bios qboot.rom -kernel /images/tiny.elf"));
  for (const char* absent : {"-icount", "-rtc", "VGA", "-drive"}) EXPECT_FALSE(has(line, absent));
}

TEST(QemuCommand, GivesMicrovmAVirtioDisk) {
  Job job = disk_job();
  job.machine.model = "microvm";
  EXPECT_TRUE(has(bare(job),
                  "-drive file=/images/tiny.img,format=raw,snapshot=on,if=none,id=disk0 "
                  "-device virtio-blk-device,drive=disk0"));
}

TEST(QemuCommand, BootsACdromReadOnly) {
  Job job;
  job.cdrom = "/images/tiny.iso";
  EXPECT_TRUE(has(bare(job),
                  "-drive file=/images/tiny.iso,format=raw,media=cdrom,readonly=on,if=ide "
                  "-boot d"));
}

TEST(QemuCommand, DoublesTheCommasOfAFileNameInAnOptionList) {
  Job job;
  job.disk = "/a,b/c.img";
  EXPECT_TRUE(has(bare(job), "-drive file=/a,,b/c.img,format=raw,snapshot=on,if=ide"));
}

TEST(QemuCommand, WithoutASerialPortHasNone) {
  Job job = kernel_job();
  job.machine.serial = false;
  job.capture_screen = true;
  EXPECT_TRUE(has(bare(job), "-serial none"));
  EXPECT_TRUE(has(harnessed(job), "-serial none"));
  EXPECT_FALSE(has(harnessed(job), "-fw_cfg name=opt/uniharness/hold,string=1"));
}

TEST(InteractiveCommand, SharesTheTerminalWithTheMonitorAndOpensNoPort) {
  const std::string line = shell_quoted(interactive_command(kernel_job(), {}));
  EXPECT_TRUE(has(line, "-serial mon:stdio"));
  for (const char* absent : {"-gdb", "-S", "-d"}) EXPECT_FALSE(has(line, absent));
}

TEST(InteractiveCommand, WaitsForGdbOnTheLoopbackAlone) {
  const std::string line =
      shell_quoted(interactive_command(kernel_job(), {.gdb_wait = true, .debug_log = {}}));
  EXPECT_TRUE(has(line, "-gdb tcp:127.0.0.1:1234 -S"));
}

TEST(InteractiveCommand, KeepsQemusLogWhereItIsTold) {
  const std::string line = shell_quoted(
      interactive_command(kernel_job(), {.gdb_wait = false, .debug_log = "/tmp/my log"}));
  EXPECT_TRUE(has(line, "-d int,cpu_reset,guest_errors -D '/tmp/my log'"));
}

TEST(ShellQuoted, LeavesPlainWordsAsTheyAre) {
  EXPECT_EQ(shell_quoted({"qemu", "-M", "microvm,acpi=off", "tcp:127.0.0.1"}),
            "qemu -M microvm,acpi=off tcp:127.0.0.1");
}

TEST(ShellQuoted, IsReadBackByAShellAsTheSameWords) {
  const std::vector<std::string> nasty = {"plain", "",    "a b",  "it's", "'",        "$HOME `id`",
                                          "a=b",   "\"",  "*",    "~",    "\\",       "line\nbreak",
                                          "#x",    "a;b", "-o=1", "!",    "\xC3\xA9", "a\tb"};
  EXPECT_EQ(words_read_by_shell(shell_quoted(nasty)), nasty);
}

TEST(ShellQuoted, FirstWordIsNeverTakenForAnAssignment) {
  EXPECT_EQ(shell_quoted({"A=b", "C=d"}), "'A=b' C=d");
}

TEST(ShellQuoted, WholeCommandWithAHostileFileNameIsReadBack) {
  Job job;
  job.disk = "/tmp/it's, a $(disk) image.img";
  const std::vector<std::string> argv = qemu_command(job, CommandStyle::bare);
  EXPECT_EQ(words_read_by_shell(shell_quoted(argv)), argv);
}

}  // namespace
}  // namespace harness
