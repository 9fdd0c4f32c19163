// What is booted, and on which machine.
#include <algorithm>

#include "scenario/field_sections.h"

namespace harness::field_sections {
namespace {

using Type = ParamType;

std::vector<std::string_view> architecture_names() {
  std::vector<std::string_view> names;
  for (const Architecture& one : kArchitectures) names.push_back(one.name);
  return names;
}

}  // namespace

FieldSection image() {
  return {
      .name = "image",
      .help =
          "What is built and booted. With `target`, the files are names in the images/ folder "
          "of the build; otherwise they are paths from the scenario file's folder. With "
          "neither `target` nor `build`, they are booted as they are.",
      .required = true,
      .fields =
          {{.spec = {.name = "target", .help = "CMake target of the image; built before each run."},
            .set = [](Scenario& s, const ParamValue& v) { s.image.target = text(v); }},
           {.spec = {.name = "build",
                     .type = Type::command,
                     .help = "Command that builds the image, started without a shell in the "
                             "scenario file's folder."},
            .set = [](Scenario& s, const ParamValue& v) { s.image.build = texts(v); }},
           {.spec = {.name = "disk",
                     .type = Type::one_or_more,
                     .help =
                         "Raw disk image, or several: the machine's disks in this order. Beside "
                         "a kernel or an ISO image they hold data; without, the first is "
                         "booted through the firmware and its boot sector. A run never changes "
                         "them: what the guest writes goes to a temporary overlay, or with "
                         "`persist` to a copy. A file in "
                         "images/, or else from the scenario file's folder."},
            .set =
                [](Scenario& s, const ParamValue& v) {
                  const std::vector<std::string>& files = texts(v);
                  s.image.disk = files.front();
                  s.image.further_disks.assign(files.begin() + 1, files.end());
                }},
           {.spec = {.name = "persist",
                     .type = Type::flag,
                     .help = "true: what a boot writes to the first disk is there for the next "
                             "one. All boots of a run share a copy of the image, which goes away "
                             "with the run (`run --keep-disk` keeps it). They are not compared "
                             "with each other; the parameter `boots` of a check says what each "
                             "of them must do.",
                     .needs = "disk"},
            .default_text = "false",
            .set = [](Scenario& s, const ParamValue& v) { s.image.persist = flag(v); }},
           {.spec = {.name = "kernel",
                     .help = "File that QEMU starts directly: an ELF file (multiboot or "
                             "PVH), a Linux kernel, or what the machine takes."},
            .set = [](Scenario& s, const ParamValue& v) { s.image.kernel = text(v); }},
           {.spec = {.name = "append", .help = "Command line of the kernel.", .needs = "kernel"},
            .set = [](Scenario& s, const ParamValue& v) { s.image.append = text(v); }},
           {.spec = {.name = "initrd",
                     .type = Type::one_or_more,
                     .help = "Initial ramdisk of the kernel. For a multiboot kernel its "
                             "modules: each a file, and after a blank the module's own "
                             "command line. A file in images/, or else from the scenario "
                             "file's folder.",
                     .needs = "kernel"},
            .set = [](Scenario& s, const ParamValue& v) { s.image.initrd = texts(v); }},
           {.spec = {.name = "cdrom", .help = "ISO image, booted through the firmware."},
            .set = [](Scenario& s, const ParamValue& v) { s.image.cdrom = text(v); }},
           {.spec = {.name = "firmware",
                     .help = "Firmware (QEMU's -bios): a path, or a name that QEMU knows."},
            .default_note = "the machine's own",
            .set = [](Scenario& s, const ParamValue& v) { s.image.firmware = text(v); }},
           {.spec = {.name = "flash",
                     .type = Type::one_or_more,
                     .help = "Parallel flash of the machine, such as the two files of OVMF: "
                             "the first is read-only, of the others the guest writes a "
                             "copy."},
            .set = [](Scenario& s, const ParamValue& v) { s.image.flash = texts(v); }},
           {.spec = {.name = "symbols",
                     .help = "ELF file with the symbols, and the line tables, of what is booted "
                             "(vmlinux): it names the functions of a crash and of a profile. A "
                             "file in images/, or else from the scenario file's folder."},
            .default_note = "the kernel, or what add_unikernel made",
            .set = [](Scenario& s, const ParamValue& v) { s.image.symbols = text(v); }}},
      .any_of = {"disk", "kernel", "cdrom", "firmware", "flash"},
      .at_most_one = {{"target", "build"}, {"kernel", "cdrom"}}};
}

FieldSection machine() {
  return {
      .name = "machine",
      .help = "The virtual machine. It has no network, and no device that is not named here.",
      .fields = {
          {.spec = {.name = "arch",
                    .type = Type::choice,
                    .help = "Which QEMU: qemu-system-ARCH. Where it is no PC there is no VGA text "
                            "screen and no debug-exit port; see `exit`.",
                    .choices = architecture_names()},
           .default_text = "i386",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.arch = text(v); }},
          {.spec = {.name = "model", .help = "QEMU's -machine, with its options."},
           .default_note = "pc; virt on aarch64, arm and riscv64",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.model = text(v); }},
          {.spec = {.name = "memory",
                    .type = Type::count,
                    .help = "Bytes of RAM.",
                    .within = {1ull << 20, 64ull << 30}},
           .default_note = "32M; 128M on aarch64, arm and riscv64",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.memory = number(v); }},
          {.spec = {.name = "accel",
                    .type = Type::choice,
                    .help = "tcg emulates anywhere; kvm uses the host's processor and only knows "
                            "`clock: host`; auto is the faster one of those that a probe boot "
                            "found to work, and tcg where instructions are counted. The record "
                            "says which it was. A named one is never replaced.",
                    .choices = {"tcg", "kvm", "auto"}},
           .default_text = "tcg",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.accel = text(v); }},
          {.spec = {.name = "cpu", .help = "QEMU's -cpu, with its options."},
           .default_note = "the machine's own; cortex-a57 on aarch64",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.cpu = text(v); }},
          {.spec = {.name = "smp",
                    .type = Type::count,
                    .help = "Number of processors. Counted runs take turns on one thread, where a "
                            "busy wait for another processor can hang.",
                    .within = {1, 255}},
           .default_text = "1",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.smp = number(v); }},
          {.spec = {.name = "vga",
                    .type = Type::flag,
                    .help = "A VGA adapter, which the check `vga` reads."},
           .default_note = "true; false where `model` begins with microvm, and off x86",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.vga = flag(v); }},
          {.spec = {.name = "serial",
                    .type = Type::flag,
                    .help = "A serial port. false: there is no UART at all."},
           .default_text = "true",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.serial = flag(v); }},
          {.spec = {.name = "sandbox",
                    .type = Type::flag,
                    .help = "QEMU runs with -sandbox on: it may start no program and raise no "
                            "privilege. false where QEMU was built without it."},
           .default_text = "true",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.sandbox = flag(v); }},
          {.spec = {.name = "devices",
                    .type = Type::one_or_more,
                    .help = "Further devices, each as QEMU's -device takes it: virtio-rng-pci."},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.devices = texts(v); }},
          {.spec = {.name = "disk_interface",
                    .type = Type::choice,
                    .help =
                        "What the disks of `image` are attached to: ide; virtio (virtio-blk); "
                        "none: they are drives of the names disk0, disk1, ... for `devices`, as "
                        "in nvme,drive=disk0,serial=a.",
                    .choices = {"ide", "virtio", "none"}},
           .default_note = "ide; virtio where the machine has no IDE: microvm, and off x86",
           .set =
               [](Scenario& s, const ParamValue& v) {
                 const auto at = std::ranges::find(kDiskInterfaceNames, text(v));
                 s.machine.disk_interface =
                     static_cast<DiskInterface>(at - std::begin(kDiskInterfaceNames));
               }},
          {.spec = {.name = "fw_cfg",
                    .type = Type::files,
                    .help = "Files that the guest finds through QEMU's fw_cfg device: names below "
                            "opt/, each a text or {file: PATH}. A file in images/, or else from "
                            "the scenario file's folder."},
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.machine.fw_cfg = std::get<std::vector<FwCfgEntry>>(v);
               }},
          {.spec = {.name = "args",
                    .type = Type::command,
                    .help =
                        "Further words of QEMU's command line, handed over as they are. Relative "
                        "paths in them start where uniharness was started."},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.args = texts(v); }}}};
}

}  // namespace harness::field_sections
