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

TEST(QemuCommand, PausesAtTheEndWhereItIsAskedWhereThatWasAndTheDiskIsNotRecorded) {
  Job job = disk_job();
  job.where_it_was = [](std::string_view) {};
  EXPECT_TRUE(has(harnessed(job), "-action shutdown=pause"));
  EXPECT_FALSE(has(bare(job), "-action shutdown=pause"));
  job.written_disk = "/tmp/written.img";
  job.record_disk = true;
  EXPECT_FALSE(has(harnessed(job), "-action shutdown=pause"));
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
  EXPECT_TRUE(has(harnessed(job), "-plugin file=/a,,b/plugin.so,fd=4,ask=5")) << harnessed(job);
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

TEST(QemuCommand, StartsALinuxKernelWithItsRamdisk) {
  Job job = kernel_job();
  job.append = "console=ttyS0 quiet";
  job.modules = {{"/images/a,b.cpio", ""}};
  EXPECT_TRUE(has(bare(job),
                  "-kernel /images/tiny.elf -append 'console=ttyS0 quiet' "
                  "-initrd /images/a,b.cpio"));
}

TEST(QemuCommand, ListsTheModulesOfAMultibootKernel) {
  Job job = kernel_job();
  job.modules = {{"/m/one", "first a,b"}, {"/m/two,2", ""}};
  EXPECT_TRUE(has(bare(job), "-initrd '/m/one first a,,b,/m/two,,2'"));
}

TEST(QemuCommand, OneModuleOfAMultibootKernelIsAListToo) {
  Job job = kernel_job();
  job.multiboot = true;
  job.modules = {{"/a,b/one", ""}};
  EXPECT_TRUE(has(bare(job), "-initrd /a,,b/one"));
}

TEST(QemuCommand, AModuleWhosePathHasABlankIsInherited) {
  Job job = kernel_job();
  job.multiboot = true;
  job.modules = {{"/my images/one", "first"}, {"/m/two", ""}, {"/m/the third", ""}};
  EXPECT_TRUE(has(harnessed(job), "-initrd '/proc/self/fd/4/one first,/m/two,/proc/self/fd/5'"))
      << harnessed(job);
  job.plugin = PluginSpec{"/plugin.so", 17};
  EXPECT_TRUE(has(harnessed(job), "-initrd '/proc/self/fd/6/one first,/m/two,/proc/self/fd/7'"));
  EXPECT_NE(shell_quoted(interactive_command(job, {})).find("/proc/self/fd/3/one first"),
            std::string::npos);
  job.multiboot = false;
  job.modules = {{"/my images/root.cpio", ""}};
  EXPECT_TRUE(has(harnessed(job), "-initrd '/my images/root.cpio'")) << "as Linux takes it";
}

TEST(QemuCommand, AKernelHasItsDisksAndIsBootedAllTheSame) {
  Job job = kernel_job();
  job.disk = "/d/fs.img";
  job.further_disks = {"/d/swap.img"};
  const std::string line = bare(job);
  EXPECT_TRUE(has(line,
                  "-kernel /images/tiny.elf "
                  "-drive file=/d/fs.img,format=raw,snapshot=on,if=ide "
                  "-drive file=/d/swap.img,format=raw,snapshot=on,if=ide -serial stdio"))
      << line;
}

TEST(QemuCommand, DisksAreAttachedAsTheScenarioSays) {
  Job job = kernel_job();
  job.disk = "/d/a.img";
  job.further_disks = {"/d/b.img"};
  job.machine.disk_interface = DiskInterface::virtio;
  EXPECT_TRUE(has(bare(job),
                  "-drive file=/d/a.img,format=raw,snapshot=on,if=none,id=disk0 "
                  "-device virtio-blk-pci,drive=disk0 "
                  "-drive file=/d/b.img,format=raw,snapshot=on,if=none,id=disk1 "
                  "-device virtio-blk-pci,drive=disk1"));
  job.machine.disk_interface = DiskInterface::none;
  job.machine.devices = {"nvme,drive=disk1,serial=x"};
  EXPECT_TRUE(has(bare(job),
                  "-drive file=/d/a.img,format=raw,snapshot=on,if=none,id=disk0 "
                  "-drive file=/d/b.img,format=raw,snapshot=on,if=none,id=disk1 -serial stdio"));
}

TEST(QemuCommand, ACdromIsBootedBesideADisk) {
  Job job = disk_job();
  job.cdrom = "/images/tiny.iso";
  EXPECT_TRUE(
      has(bare(job),
          "-drive file=/images/tiny.img,format=raw,snapshot=on,if=ide "
          "-drive file=/images/tiny.iso,format=raw,media=cdrom,readonly=on,if=ide -boot d"));
}

TEST(QemuCommand, HandsOverDevicesFwCfgAndFurtherArguments) {
  Job job = kernel_job();
  job.machine.devices = {"virtio-rng-pci"};
  job.machine.fw_cfg = {{"opt/a/text", "one, two", ""}, {"opt/a/file", "", "/f,g"}};
  job.machine.args = {"-smbios", "type=0"};
  const std::string line = bare(job);
  EXPECT_TRUE(has(line, "-device virtio-rng-pci"));
  EXPECT_TRUE(has(line, "-fw_cfg 'name=opt/a/text,string=one,, two'"));
  EXPECT_TRUE(has(line, "-fw_cfg name=opt/a/file,file=/f,,g"));
  EXPECT_TRUE(has(line, "-kernel /images/tiny.elf -smbios type=0 -serial stdio"));
}

TEST(QemuCommand, KeepsTheFirstFlashAndOverlaysTheOthers) {
  Job job;
  job.flash = {"/f/code.fd", "/f/vars.fd"};
  EXPECT_TRUE(has(bare(job),
                  "-drive if=pflash,unit=0,format=raw,file=/f/code.fd,readonly=on "
                  "-drive if=pflash,unit=1,format=raw,file=/f/vars.fd,snapshot=on"));
}

TEST(QemuCommand, OffThePcHasNoPortsAndNoIdeOfOne) {
  for (const Architecture& arch : kArchitectures) {
    if (arch.pc) continue;
    Job job = disk_job();
    job.machine = {.arch = std::string(arch.name),
                   .model = std::string(arch.model),
                   .cpu = std::string(arch.cpu),
                   .vga = false};
    const std::string line = bare(job);
    EXPECT_TRUE(line.starts_with("qemu-system-" + std::string(arch.name) + " ")) << line;
    EXPECT_TRUE(has(line, "-device virtio-blk-device,drive=disk0")) << line;
    for (const char* absent : {"isa-debug-exit,iobase=0xf4,iosize=4", "-boot", "VGA"}) {
      EXPECT_FALSE(has(line, absent)) << line;
    }
  }
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
