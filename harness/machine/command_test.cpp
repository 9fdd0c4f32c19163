#include <gtest/gtest.h>

#include "base/shell.h"
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

TEST(QemuCommand, OfADiskBootIsThis) {
  EXPECT_EQ(bare(disk_job()),
            "qemu-system-i386 -nodefaults -no-user-config -display none -nic none -no-reboot "
            "-device isa-debug-exit,iobase=0xf4,iosize=4 -sandbox "
            "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny -M pc -m 32M "
            "-accel tcg -device VGA "
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

TEST(QemuCommand, LoadsAPluginThatIsToldItsDescriptor) {
  Job job = kernel_job();
  job.plugin = PluginSpec{"/a,b/plugin.so", 17};
  EXPECT_TRUE(has(harnessed(job), "-plugin file=/a,,b/plugin.so,fd=4")) << harnessed(job);
  EXPECT_EQ(bare(job).find("-plugin"), std::string::npos) << "it is not part of the machine";
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
                 .serial = true,
                 .sandbox = true};
  job.clock = ClockKind::host;
  const std::string line = bare(job);
  EXPECT_TRUE(line.starts_with("qemu-system-x86_64 "));
  EXPECT_TRUE(has(line, "-M microvm,acpi=off -m 1536K -accel kvm -cpu max -smp 2"));
  EXPECT_TRUE(has(line, "-bios qboot.rom -kernel /images/tiny.elf"));
  for (const char* absent : {"-icount", "-rtc", "VGA", "-drive"}) EXPECT_FALSE(has(line, absent));
}

TEST(QemuCommand, HasNoSandboxWhereTheScenarioDoesNotWantIt) {
  Job job = disk_job();
  job.machine.sandbox = false;
  EXPECT_FALSE(has(bare(job), "-sandbox"));
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

}  // namespace
}  // namespace harness
