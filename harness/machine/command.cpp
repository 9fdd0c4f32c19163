// QEMU's command line: every option that we use is on this page, and nothing else decides one.
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <wire/protocol.h>

#include "machine/capture.h"
#include "machine/machine.h"
#include "model/image.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

void add(Words& to, std::initializer_list<std::string> words) {
  to.insert(to.end(), words.begin(), words.end());
}

void add_all(Words& to, const Words& words) { to.insert(to.end(), words.begin(), words.end()); }

/// A value inside an option list: QEMU splits at commas and reads ",," as one of the text.
std::string option_value(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == ',') out += ',';
  }
  return out;
}

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

void add_drive(Words& q, const MachineSpec& machine, const std::filesystem::path& file,
               const std::string& options) {
  const std::string drive = "file=" + option_value(file.string()) + ",format=raw" + options;
  if (has_ide(machine)) {
    add(q, {"-drive", drive + ",if=ide"});
  } else {  // nor need there be PCI
    add(q, {"-drive", drive + ",if=none,id=disk0", "-device", "virtio-blk-device,drive=disk0"});
  }
}

/// QEMU splits the list at commas, and a module at its first blank.
std::string module_list(const std::vector<BootModule>& modules) {
  std::string list;
  for (const BootModule& module : modules) {
    if (!list.empty()) list += ',';
    list += option_value(module.file.string());
    if (!module.words.empty()) list += " " + option_value(module.words);
  }
  return list;
}

void add_flash(Words& q, const Job& job) {
  for (std::size_t unit = 0; unit < job.flash.size(); ++unit) {
    add(q, {"-drive", "if=pflash,unit=" + std::to_string(unit) +
                          ",format=raw,file=" + option_value(job.flash[unit].string()) +
                          (unit == 0 ? ",readonly=on" : ",snapshot=on")});
  }
}

void add_image(Words& q, const Job& job) {
  if (!job.firmware.empty()) add(q, {"-bios", job.firmware});
  add_flash(q, job);
  if (!job.kernel.empty()) add(q, {"-kernel", job.kernel.string()});
  if (!job.append.empty()) add(q, {"-append", job.append});
  // A Linux kernel takes the one file by its name as it is.
  if (job.modules.size() == 1 && job.modules.front().words.empty()) {
    add(q, {"-initrd", job.modules.front().file.string()});
  } else if (!job.modules.empty()) {
    add(q, {"-initrd", module_list(job.modules)});
  }
  if (!job.disk.empty()) {
    // snapshot: what the guest writes goes to a temporary file, never to the image.
    add_drive(q, job.machine, job.disk, ",snapshot=on");
    if (is_pc(job.machine)) add(q, {"-boot", "c"});
  }
  if (!job.cdrom.empty()) {
    add_drive(q, job.machine, job.cdrom, ",media=cdrom,readonly=on");
    if (is_pc(job.machine)) add(q, {"-boot", "d"});
  }
}

void add_plugin(Words& q, const Job& job) {
  if (!job.plugin) return;
  add(q, {"-plugin", "file=" + option_value(job.plugin->file.string()) +
                         ",fd=" + std::to_string(kPluginDescriptor)});
}

/// The machine, all but its connection to the outside.
Words guest_words(const Job& job) {
  Words q = {"qemu-system-" + job.machine.arch};
  add_base(q, job.machine);
  add_sandbox(q, job.machine);
  add_machine(q, job.machine);
  add_clock(q, job.clock);
  add_image(q, job);
  add_all(q, job.machine.args);
  return q;
}

}  // namespace

std::vector<std::string> qemu_command(const Job& job, CommandStyle style, int qmp_fd) {
  Words q = guest_words(job);
  if (style == CommandStyle::bare) {
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
  add_plugin(q, job);
  if (holds_at_end(job)) {
    add(q, {"-fw_cfg", std::string("name=") + wire::kHoldFile + ",string=1"});
  }
  return q;
}

std::vector<std::string> interactive_command(const Job& job, const InteractiveOptions& options) {
  Words q = guest_words(job);
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
