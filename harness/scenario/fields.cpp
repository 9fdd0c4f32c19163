#include "scenario/fields.h"

#include <algorithm>
#include <iterator>

#include "formats/formats.h"
#include "model/param.h"

namespace harness {
namespace {

using Type = ParamType;

const std::string& text(const ParamValue& value) { return std::get<std::string>(value); }
std::uint64_t number(const ParamValue& value) { return std::get<std::uint64_t>(value); }
bool flag(const ParamValue& value) { return std::get<bool>(value); }
const std::vector<std::string>& texts(const ParamValue& value) {
  return std::get<std::vector<std::string>>(value);
}
std::chrono::milliseconds duration(const ParamValue& value) {
  return std::chrono::milliseconds(number(value));
}

std::vector<std::string_view> architecture_names() {
  std::vector<std::string_view> names;
  for (const Architecture& one : kArchitectures) names.push_back(one.name);
  return names;
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const Format& one : formats()) names.push_back(one.name);
  return names;
}

constexpr Range kTimeLimits{1, 3'600'000};  // milliseconds

FieldSection top_level() {
  return {
      .help = "What the scenario is, and by which clock it measures.",
      .required = true,
      .fields = {
          {.spec = {.name = "name",
                    .type = Type::identifier,
                    .required = true,
                    .help = "Name of the scenario, and of its folder under reports/."},
           .set = [](Scenario& s, const ParamValue& v) { s.name = text(v); }},
          {.spec = {.name = "about",
                    .type = Type::prose,
                    .help = "What it is for; shown in reports."},
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.about = text(v);
                 s.about.erase(s.about.find_last_not_of(" \n") + 1);
               }},
          {.spec = {.name = "clock",
                    .type = Type::choice,
                    .help = "What the guest's cycle counter shows. counted: one tick is one guest "
                            "instruction, exact and repeatable, for gates. host: real time, noisy, "
                            "for claims about speed. Numbers of the two never compare.",
                    .choices = {"counted", "host"}},
           .default_text = "counted",
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.clock = text(v) == "host" ? ClockKind::host : ClockKind::counted;
               }},
          {.spec =
               {.name = "boots",
                .type = Type::count,
                .help =
                    "How often the image is booted. Under the counted clock the second boot "
                    "proves the first: their output must be identical. Under the host clock the "
                    "first of three or more is warm-up: shown, and in no number.",
                .within = {1, 1000}},
           .default_note = "2; with `clock: host` 6",
           .set = [](Scenario& s, const ParamValue& v) { s.boots = number(v); }},
          {.spec = {.name = "formats",
                    .type = Type::one_or_more,
                    .help = "How a guest that does not speak our protocol prints its results; they "
                            "become tests of the record. Several can be mixed in one output.",
                    .choices = format_names()},
           .set = [](Scenario& s, const ParamValue& v) { s.formats = texts(v); }},
      }};
}

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

template <ExitMeaning meaning>
Field exit_field(std::string_view name, std::string_view help) {
  return {.spec = {.name = name, .type = Type::counts, .help = help, .within = {0, 255}},
          .set = [](Scenario& s, const ParamValue& v) {
            for (const std::uint64_t status : std::get<std::vector<std::uint64_t>>(v)) {
              s.exits.push_back({status, meaning});
            }
          }};
}

FieldSection exit() {
  return {
      .name = "exit",
      .help =
          "What the exit statuses of QEMU mean, for a guest that was not written for "
          "uniharness. A value V at the debug-exit port makes 2 V + 1; a power-off makes 0 (a "
          "reset never does: it is a verdict of its own, but for `reboot`); semihosting and the "
          "test finisher of riscv64 make the value itself. A status that is not listed is "
          "exit_unsignalled.",
      .fields = {exit_field<ExitMeaning::pass>("pass", "The guest ended well."),
                 exit_field<ExitMeaning::fail>("fail", "It failed."),
                 exit_field<ExitMeaning::skip>("skip", "It cannot run here."),
                 exit_field<ExitMeaning::panic>("panic", "It crashed."),
                 {.spec = {.name = "reboot",
                           .type = Type::choice,
                           .help = "What a reset means that comes when all results of `formats` "
                                   "or `tests` have come, such as that of kunit_shutdown=reboot. "
                                   "Before that it is the verdict reset, for a triple fault "
                                   "looks the same.",
                           .choices = {"pass", "fail", "skip"}},
                  .set =
                      [](Scenario& s, const ParamValue& v) {
                        const auto* at = std::ranges::find(kExitMeaningNames, text(v));
                        s.reboot = static_cast<ExitMeaning>(at - kExitMeaningNames);
                      }}},
      .any_of = {"pass", "fail", "skip", "panic", "reboot"}};
}

template <auto patterns>
Field pattern_field(std::string_view name, std::string_view help) {
  return {.spec = {.name = name, .type = Type::one_or_more, .help = help},
          .set = [](Scenario& s, const ParamValue& v) { s.tests.*patterns = texts(v); }};
}

FieldSection tests() {
  return {
      .name = "tests",
      .help =
          "Results that the guest prints in a form of its own, which none of `formats` reads: "
          "regular expressions (RE2), searched for in each line of console text without its "
          "colours and the prefixes of logs. `(?P<name>...)` is the test; without it, a result is "
          "that of the running one. What is missing is found by `plan`, `summary` or `end`: one of "
          "them is needed.",
      .fields = {pattern_field<&TestPatterns::group>(
                     "group",
                     "The tests that follow are called `name/...`. A result of that name is the "
                     "group's own."),
                 pattern_field<&TestPatterns::start>(
                     "start",
                     "The test `name` begins. Without a result before the next one, or before "
                     "the end, it has failed."),
                 pattern_field<&TestPatterns::result>(
                     "result",
                     "A result, with the group `status`: ok, pass, passed, success, done; fail, "
                     "failed, error; skip, skipped, ignored, disabled, in any case."),
                 pattern_field<&TestPatterns::pass>("pass", "A test that passed."),
                 pattern_field<&TestPatterns::fail>("fail",
                                                    "A test that failed. It goes before `skip` and "
                                                    "`pass` in one line."),
                 pattern_field<&TestPatterns::skip>("skip", "A test that was skipped."),
                 pattern_field<&TestPatterns::plan>("plan",
                                                    "`total` tests are announced; several are "
                                                    "added up."),
                 pattern_field<&TestPatterns::summary>(
                     "summary",
                     "Counts at the end: of the groups `total`, `pass`, `fail`, `skip` those "
                     "that the pattern has. Several lines are added up. `status` as in "
                     "`result`."),
                 pattern_field<&TestPatterns::end>("end",
                                                   "The closing line, with `status` or without.")},
      .any_of = {"result", "pass", "fail", "skip"}};
}

FieldSection limits() {
  return {
      .name = "limits",
      .help =
          "When a boot is ended by force. What QEMU spent ready to run while the host ran other "
          "things counts neither for wall nor for idle, up to ten times the limit.",
      .fields = {
          {.spec = {.name = "wall",
                    .type = Type::duration,
                    .help = "From the start of QEMU to its end; over it, the verdict is timeout.",
                    .within = kTimeLimits},
           .default_text = "10s",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.wall = duration(v); }},
          {.spec = {.name = "idle",
                    .type = Type::duration,
                    .help = "Longest silence of the serial port; over it, the verdict is idle, or "
                            "no_output where the guest never spoke.",
                    .within = kTimeLimits},
           .default_text = "3s",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.idle = duration(v); }},
          {.spec = {.name = "cpu",
                    .type = Type::duration,
                    .help = "Processor time of QEMU, user and system; over it, the verdict is "
                            "timeout.",
                    .within = kTimeLimits},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.cpu = duration(v); }},
          {.spec = {.name = "serial",
                    .type = Type::count,
                    .help = "Bytes of serial output; over it, the verdict is truncated. Of more "
                            "than 16M the first and the last 8M are kept, and the verdict is "
                            "truncated too.",
                    .within = {1024, 16ull << 30}},
           .default_text = "4M",
           .set = [](Scenario& s, const ParamValue& v) { s.limits.serial = number(v); }}}};
}

PowerCutSpec& cuts(Scenario& s) { return s.power_cuts ? *s.power_cuts : s.power_cuts.emplace(); }

FieldSection power_cuts() {
  return {
      .name = "power_cuts",
      .help =
          "The power is cut while a boot writes to its first disk: every write and flush is "
          "recorded, each disk that a cut can leave is made, and the guest is booted on it. "
          "What was flushed is there; of the rest any sectors may be missing, and the one "
          "that is being written may be half new. See docs/PERSISTENCE.md.",
      .fields =
          {{.spec = {.name = "boots",
                     .type = Type::counts,
                     .help = "Boots whose writes are cut, counted from 1.",
                     .within = {1, 1000}},
            .default_text = "1",
            .set =
                [](Scenario& s, const ParamValue& v) {
                  cuts(s).boots = std::get<std::vector<std::uint64_t>>(v);
                }},
           {.spec = {.name = "model",
                     .type = Type::choice,
                     .help = "power: as above. kill: the guest is killed and its host lives on, so "
                             "nothing that was written is lost: for guests that never flush.",
                     .choices = {"power", "kill"}},
            .default_text = "power",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).kill = text(v) == "kill"; }},
           {.spec = {.name = "atomic",
                     .type = Type::count,
                     .help = "Bytes that the disk writes as a whole, a power of two: of what lies "
                             "between two multiples of it, a write is there or is not. 4K for a "
                             "disk with sectors of 4 KB. Without: sectors of 512 bytes, of which "
                             "the one that is being written may be half new.",
                     .within = {512, 1 << 20}},
            .default_text = "",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).atomic = number(v); }},
           {.spec = {.name = "states",
                     .type = Type::count,
                     .help = "The most states that are tried of one boot. Where there are more, "
                             "some are drawn, and the report says n of how many.",
                     .within = {1, 1'000'000}},
            .default_text = "2000",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).states = number(v); }},
           {.spec = {.name = "seed",
                     .type = Type::count,
                     .help = "Of the choice, where not all are tried."},
            .default_text = "1",
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).seed = number(v); }},
           {.spec = {.name = "said",
                     .type = Type::pattern,
                     .help = "A promise: a regular expression with the group `value`, a whole "
                             "number. The highest that the guest said before the cut must be "
                             "found after it.",
                     .needs = "found"},
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).said = text(v); }},
           {.spec = {.name = "found",
                     .type = Type::pattern,
                     .help = "How the guest says after the cut what it has found: the highest "
                             "`value` must be that of the promise, or higher.",
                     .needs = "said"},
            .set = [](Scenario& s, const ParamValue& v) { cuts(s).found = text(v); }}},
      .checks = true};
}

}  // namespace

std::span<const FieldSection> scenario_sections() {
  static const std::vector<FieldSection> kSections = {top_level(), image(),  machine(),   exit(),
                                                      tests(),     limits(), power_cuts()};
  return kSections;
}

}  // namespace harness
