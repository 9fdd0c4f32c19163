#include "scenario/fields.h"

namespace harness {
namespace {

using Type = ParamType;

const std::string& text(const ParamValue& value) { return std::get<std::string>(value); }
std::uint64_t number(const ParamValue& value) { return std::get<std::uint64_t>(value); }
bool flag(const ParamValue& value) { return std::get<bool>(value); }
std::chrono::milliseconds duration(const ParamValue& value) {
  return std::chrono::milliseconds(number(value));
}

constexpr Range kTimeLimits{1, 3'600'000};  // milliseconds

Section top_level() {
  return {
      .name = "",
      .help = "What the scenario is, and by which clock it measures.",
      .required = true,
      .fields = {
          {.spec = {.name = "name",
                    .type = Type::identifier,
                    .required = true,
                    .help = "Name of the scenario, and of its folder under reports/."},
           .default_text = {},
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.name = text(v); }},
          {.spec = {.name = "about",
                    .type = Type::prose,
                    .help = "What it is for; shown in reports."},
           .default_text = {},
           .default_note = {},
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
           .default_note = {},
           .set =
               [](Scenario& s, const ParamValue& v) {
                 s.clock = text(v) == "host" ? ClockKind::host : ClockKind::counted;
               }},
          {.spec = {.name = "boots",
                    .type = Type::count,
                    .help =
                        "How often the image is booted. Under the counted clock the second boot "
                        "proves the first: their output must be identical.",
                    .within = {1, 1000}},
           .default_text = {},
           .default_note = "2; with `clock: host` 5",
           .set = [](Scenario& s, const ParamValue& v) { s.boots = number(v); }},
      }};
}

Section image() {
  return {
      .name = "image",
      .help =
          "What is built and booted. With `target`, the files are names in the images/ folder "
          "of the build; otherwise they are paths from the scenario file's folder. With "
          "neither `target` nor `build`, they are booted as they are.",
      .required = true,
      .fields = {{.spec = {.name = "target",
                           .help = "CMake target of the image; built before each run."},
                  .default_text = {},
                  .default_note = {},
                  .set = [](Scenario& s, const ParamValue& v) { s.image.target = text(v); }},
                 {.spec = {.name = "build",
                           .type = Type::command,
                           .help = "Command that builds the image, started without a shell in the "
                                   "scenario file's folder."},
                  .default_text = {},
                  .default_note = {},
                  .set =
                      [](Scenario& s, const ParamValue& v) {
                        s.image.build = std::get<std::vector<std::string>>(v);
                      }},
                 {.spec = {.name = "disk",
                           .help = "Raw disk image, booted through the firmware and its boot "
                                   "sector. A run never changes it."},
                  .default_text = {},
                  .default_note = {},
                  .set = [](Scenario& s, const ParamValue& v) { s.image.disk = text(v); }},
                 {.spec = {.name = "kernel",
                           .help = "ELF file that QEMU starts directly (multiboot or PVH)."},
                  .default_text = {},
                  .default_note = {},
                  .set = [](Scenario& s, const ParamValue& v) { s.image.kernel = text(v); }},
                 {.spec = {.name = "cdrom", .help = "ISO image, booted through the firmware."},
                  .default_text = {},
                  .default_note = {},
                  .set = [](Scenario& s, const ParamValue& v) { s.image.cdrom = text(v); }},
                 {.spec = {.name = "firmware",
                           .help = "Firmware (QEMU's -bios): a path, or a name that QEMU knows."},
                  .default_text = {},
                  .default_note = "the machine's own",
                  .set = [](Scenario& s, const ParamValue& v) { s.image.firmware = text(v); }}},
      .one_of = {"disk", "kernel", "cdrom"},
      .at_most_one = {"target", "build"}};
}

Section machine() {
  return {
      .name = "machine",
      .help = "The virtual machine. It has no network, and no device that is not named here.",
      .required = false,
      .fields = {
          {.spec = {.name = "arch",
                    .type = Type::choice,
                    .help = "Which QEMU: qemu-system-i386 or qemu-system-x86_64.",
                    .choices = {"i386", "x86_64"}},
           .default_text = "i386",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.arch = text(v); }},
          {.spec = {.name = "model", .help = "QEMU's -machine, with its options."},
           .default_text = "pc",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.model = text(v); }},
          {.spec = {.name = "memory",
                    .type = Type::count,
                    .help = "Bytes of RAM.",
                    .within = {1ull << 20, 64ull << 30}},
           .default_text = "32M",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.memory = number(v); }},
          {.spec = {.name = "accel",
                    .type = Type::choice,
                    .help = "tcg emulates anywhere; kvm uses the host's processor and only knows "
                            "`clock: host`; auto is the faster one of those that a probe boot "
                            "found to work, and tcg where instructions are counted. The record "
                            "says which it was. A named one is never replaced.",
                    .choices = {"tcg", "kvm", "auto"}},
           .default_text = "tcg",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.accel = text(v); }},
          {.spec = {.name = "cpu", .help = "QEMU's -cpu, with its options."},
           .default_text = {},
           .default_note = "the machine's own",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.cpu = text(v); }},
          {.spec = {.name = "smp",
                    .type = Type::count,
                    .help = "Number of processors. Counted runs take turns on one thread, where a "
                            "busy wait for another processor can hang.",
                    .within = {1, 255}},
           .default_text = "1",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.smp = number(v); }},
          {.spec = {.name = "vga",
                    .type = Type::flag,
                    .help = "A VGA adapter, which the check `vga` reads."},
           .default_text = {},
           .default_note = "true; false where `model` begins with microvm",
           .set = [](Scenario& s, const ParamValue& v) { s.machine.vga = flag(v); }},
          {.spec = {.name = "serial",
                    .type = Type::flag,
                    .help = "A serial port. false: there is no UART at all."},
           .default_text = "true",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.serial = flag(v); }},
          {.spec = {.name = "sandbox",
                    .type = Type::flag,
                    .help = "QEMU runs with -sandbox on: it may start no program and raise no "
                            "privilege. false where QEMU was built without it."},
           .default_text = "true",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.machine.sandbox = flag(v); }}}};
}

Section limits() {
  return {
      .name = "limits",
      .help =
          "When a boot is ended by force. What QEMU spent ready to run while the host ran other "
          "things counts neither for wall nor for idle, up to ten times the limit.",
      .required = false,
      .fields = {
          {.spec = {.name = "wall",
                    .type = Type::duration,
                    .help = "From the start of QEMU to its end; over it, the verdict is timeout.",
                    .within = kTimeLimits},
           .default_text = "10s",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.wall = duration(v); }},
          {.spec = {.name = "idle",
                    .type = Type::duration,
                    .help = "Longest silence of the serial port; over it, the verdict is idle, or "
                            "no_output where the guest never spoke.",
                    .within = kTimeLimits},
           .default_text = "3s",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.idle = duration(v); }},
          {.spec = {.name = "cpu",
                    .type = Type::duration,
                    .help = "Processor time of QEMU, user and system; over it, the verdict is "
                            "timeout.",
                    .within = kTimeLimits},
           .default_text = {},
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.cpu = duration(v); }},
          {.spec = {.name = "serial",
                    .type = Type::count,
                    .help = "Bytes of serial output; over it, the verdict is truncated. Of more "
                            "than 16M the first and the last 8M are kept, and the verdict is "
                            "truncated too.",
                    .within = {1024, 16ull << 30}},
           .default_text = "4M",
           .default_note = {},
           .set = [](Scenario& s, const ParamValue& v) { s.limits.serial = number(v); }}}};
}

}  // namespace

std::span<const Section> scenario_sections() {
  static const std::vector<Section> kSections = {top_level(), image(), machine(), limits()};
  return kSections;
}

}  // namespace harness
