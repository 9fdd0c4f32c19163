// QEMU's command line: every option that we use is on this page, and nothing else decides one.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <wire/protocol.h>

#include "machine/capture.h"
#include "machine/machine.h"
#include "machine/module_files.h"
#include "machine/option_value.h"
#include "model/image.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

void add(Words& to, std::initializer_list<std::string> words) {
  to.insert(to.end(), words.begin(), words.end());
}

void add_all(Words& to, const Words& words) { to.insert(to.end(), words.begin(), words.end()); }

std::string memory_size(std::uint64_t bytes) {
  constexpr std::uint64_t kMebi = 1 << 20, kKibi = 1 << 10;
  if (bytes % kMebi == 0) return std::to_string(bytes / kMebi) + "M";
  if (bytes % kKibi == 0) return std::to_string(bytes / kKibi) + "K";
  return std::to_string(bytes) + "B";
}

bool is_pc(const MachineSpec& machine) { return architecture(machine.arch).pc; }

bool has_ide(const MachineSpec& machine) {
  return is_pc(machine) && !machine.model.starts_with("microvm");
}

/// The same bare machine everywhere: no default devices, no user's configuration, no network.
void add_base(Words& q, const MachineSpec& machine) {
  add(q, {"-nodefaults", "-no-user-config", "-display", "none", "-nic", "none"});
  // A reset must end the boot: else a guest that dies by a triple fault boots for ever.
  add(q, {"-no-reboot"});
  if (!is_pc(machine)) return;
  char port[8];
  snprintf(port, sizeof port, "0x%x", unsigned{wire::kDebugExitPort});
  add(q, {"-device", std::string("isa-debug-exit,iobase=") + port + ",iosize=4"});
}

/// A guest that breaks out of QEMU's devices finds a process that can start no other and become
/// nobody else. Threads are not affected.
void add_sandbox(Words& q, const MachineSpec& machine) {
  if (!machine.sandbox) return;
  add(q, {"-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"});
}

void add_machine(Words& q, const MachineSpec& machine) {
  add(q, {"-M", machine.model, "-m", memory_size(machine.memory), "-accel", machine.accel});
  if (!machine.cpu.empty()) add(q, {"-cpu", machine.cpu});
  if (machine.smp > 1) add(q, {"-smp", std::to_string(machine.smp)});
  if (machine.vga) add(q, {"-device", "VGA"});
  for (const std::string& device : machine.devices) add(q, {"-device", device});
  for (const FwCfgEntry& entry : machine.fw_cfg) {
    add(q, {"-fw_cfg", "name=" + entry.name +
                           (entry.file.empty() ? ",string=" + option_value(entry.text)
                                               : ",file=" + option_value(entry.file))});
  }
}

void add_clock(Words& q, ClockKind clock) {
  if (clock != ClockKind::counted) return;
  // One instruction is one nanosecond of the guest's time, and time does not wait for the host's
  // while the guest is halted.
  add(q, {"-icount", "shift=0,sleep=off"});
  // The battery clock too: firmware waits for its update flag, and a guest may print the date.
  add(q, {"-rtc", "base=2000-01-01T00:00:00,clock=vm"});
}

std::string drive_words(const std::filesystem::path& file, const std::string& options) {
  return "file=" + option_value(file.string()) + ",format=raw" + options;
}

/// A drive that a virtio device of the name `id` shows; a machine without IDE need have no PCI.
void add_virtio_drive(Words& q, const MachineSpec& machine, const std::string& drive,
                      const std::string& id) {
  const std::string device = has_ide(machine) ? "virtio-blk-pci" : "virtio-blk-device";
  add(q, {"-drive", drive + ",if=none,id=" + id, "-device", device + ",drive=" + id});
}

/// snapshot: what the guest writes goes to a temporary file, never to the image.
std::string overlaid(const std::filesystem::path& file) {
  return drive_words(file, ",snapshot=on");
}

void add_disk(Words& q, const MachineSpec& machine, const std::string& drive, std::size_t number) {
  const std::string id = "disk" + std::to_string(number);
  switch (machine.disk_interface) {
    case DiskInterface::ide:
      add(q, {"-drive", drive + ",if=ide"});
      break;
    case DiskInterface::virtio:
      add_virtio_drive(q, machine, drive, id);
      break;
    case DiskInterface::none:
      add(q, {"-drive", drive + ",if=none,id=" + id});
      break;
    case DiskInterface::machine:
      if (has_ide(machine)) {
        add(q, {"-drive", drive + ",if=ide"});
      } else {
        add_virtio_drive(q, machine, drive, id);
      }
      break;
  }
}

void add_cdrom(Words& q, const MachineSpec& machine, const std::filesystem::path& file) {
  const std::string drive = drive_words(file, ",media=cdrom,readonly=on");
  if (has_ide(machine)) {
    add(q, {"-drive", drive + ",if=ide"});
  } else {
    add_virtio_drive(q, machine, drive, "cdrom0");
  }
}

void add_flash(Words& q, const Job& job) {
  for (std::size_t unit = 0; unit < job.flash.size(); ++unit) {
    add(q, {"-drive", "if=pflash,unit=" + std::to_string(unit) +
                          ",format=raw,file=" + option_value(job.flash[unit].string()) +
                          (unit == 0 ? ",readonly=on" : ",snapshot=on")});
  }
}

/// What the firmware of a PC tries: a kernel has an option ROM of its own, which needs no order.
void add_boot_order(Words& q, const Job& job) {
  if (!is_pc(job.machine) || !job.kernel.empty()) return;
  if (!job.cdrom.empty()) {
    add(q, {"-boot", "d"});
  } else if (!job.disk.empty()) {
    add(q, {"-boot", "c"});
  }
}

/// The first disk. `descriptor`: of the connection to it, where it is recorded.
std::string first_drive(const Job& job, CommandStyle style, int descriptor) {
  if (style == CommandStyle::bare || job.written_disk.empty()) return overlaid(job.disk);
  if (!job.record_disk) return drive_words(job.written_disk, "");
  return "file.driver=nbd,file.server.type=fd,file.server.str=" + std::to_string(descriptor) +
         ",format=raw";
}

void add_disks(Words& q, const Job& job, CommandStyle style, int disk_fd) {
  std::size_t number = 0;
  if (!job.disk.empty()) add_disk(q, job.machine, first_drive(job, style, disk_fd), number++);
  for (const auto& disk : job.further_disks) add_disk(q, job.machine, overlaid(disk), number++);
}

void add_image(Words& q, const Job& job, CommandStyle style, int disk_fd, int first_module_fd) {
  if (!job.firmware.empty()) add(q, {"-bios", job.firmware});
  add_flash(q, job);
  if (!job.kernel.empty()) add(q, {"-kernel", job.kernel.string()});
  if (!job.append.empty()) add(q, {"-append", job.append});
  if (!job.modules.empty()) add(q, {"-initrd", initrd_value(job, first_module_fd)});
  add_disks(q, job, style, disk_fd);
  if (!job.cdrom.empty()) add_cdrom(q, job.machine, job.cdrom);
  add_boot_order(q, job);
}

void add_plugin(Words& q, const Job& job) {
  if (!job.plugin) return;
  add(q, {"-plugin", "file=" + option_value(job.plugin->file.string()) + ",fd=" +
                         std::to_string(kPluginDescriptor) + ",ask=" + std::to_string(kPluginAsks) +
                         (job.plugin->watches ? ",watch=1" : "")});
}

/// The machine, all but its connection to the outside. `first_module_fd`: machine/module_files.h.
Words guest_words(const Job& job, CommandStyle style, int disk_fd, int first_module_fd) {
  Words q = {"qemu-system-" + job.machine.arch};
  add_base(q, job.machine);
  add_sandbox(q, job.machine);
  add_machine(q, job.machine);
  add_clock(q, job.clock);
  add_image(q, job, style, disk_fd, first_module_fd);
  add_all(q, job.machine.args);
  return q;
}

}  // namespace

std::vector<std::string> qemu_command(const Job& job, CommandStyle style, int qmp_fd) {
  const bool bare = style == CommandStyle::bare;
  Words q = guest_words(job, style, disk_descriptor(job, qmp_fd),
                        bare ? -1 : first_module_descriptor(job, qmp_fd));
  if (bare) {
    add(q, {"-serial", job.machine.serial ? "stdio" : "none"});
    return q;
  }
  if (job.machine.serial) {
    add(q, {"-chardev", "stdio,id=serial0,signal=off", "-serial", "chardev:serial0"});
  } else {
    add(q, {"-serial", "none"});
  }
  add(q, {"-S", "-chardev", "socket,id=qmp,fd=" + std::to_string(qmp_fd)});
  add(q, {"-mon", "chardev=qmp,mode=control"});
  if (pauses_at_end(job)) add(q, {"-action", "shutdown=pause"});
  add_plugin(q, job);
  if (holds_at_end(job)) {
    add(q, {"-fw_cfg", std::string("name=") + wire::kHoldFile + ",string=1"});
  }
  return q;
}

std::vector<std::string> interactive_command(const Job& job, const InteractiveOptions& options) {
  Words q = guest_words(job, CommandStyle::bare, -1, kFirstInteractiveDescriptor);
  if (job.machine.serial) {
    add(q, {"-serial", "mon:stdio"});
  } else {
    add(q, {"-serial", "none", "-monitor", "stdio"});
  }
  // Loopback only: whoever reaches a gdb stub owns the guest and QEMU's memory view of it.
  if (options.gdb_wait) add(q, {"-gdb", "tcp:127.0.0.1:1234", "-S"});
  if (!options.debug_log.empty()) {
    add(q, {"-d", "int,cpu_reset,guest_errors", "-D", options.debug_log.string()});
  }
  return q;
}

}  // namespace harness
