#include "scenario/load.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/folder_testing.h"
#include "scenario/fields.h"
#include "scenario/messages.h"
#include "scenario/reference.h"

namespace harness {
namespace {

using namespace testing_scenario;

constexpr std::string_view kSession20 = R"(name: session20
about: boot, validate and benchmark the TinyLlama unikernel
image:  {target: tinyllama, disk: tinyllama.img}
machine: {arch: i386, model: pc, memory: 32M, accel: tcg}
clock: counted
boots: 2
limits: {wall: 10s, idle: 3s, serial: 4M}
checks:
  - ending: pass
  - text: TinyLlama Unikernel v0.1
  - profile: {name: fibonacci, calls: 10, avg: 50..500}
  - timing: {name: Init, max: 200000}
  - vga: {text: TinyLlama Unikernel v0.1, color: light green}
  - vga: matches serial
)";

TEST(LoadScenario, ReadsEveryPartOfAScenario) {
  const Scenario s = parse_scenario(kSession20, "scenarios/session20.yaml");
  EXPECT_EQ(s.name, "session20");
  EXPECT_EQ(s.about, "boot, validate and benchmark the TinyLlama unikernel");
  EXPECT_EQ(s.file, "scenarios/session20.yaml");
  EXPECT_EQ(s.image.target, "tinyllama");
  EXPECT_EQ(s.image.disk, "tinyllama.img");
  EXPECT_EQ(s.image.at.text(), "scenarios/session20.yaml:3:1");
  EXPECT_EQ(s.machine.memory, 32u << 20);
  EXPECT_EQ(s.clock, ClockKind::counted);
  EXPECT_EQ(s.boots, 2u);
  EXPECT_EQ(s.limits.wall.count(), 10'000);
  EXPECT_EQ(s.limits.idle.count(), 3'000);
  EXPECT_EQ(s.limits.serial, 4u << 20);
  ASSERT_EQ(s.checks.size(), 6u);
  EXPECT_EQ(s.checks[2].kind, "profile");
  EXPECT_EQ(s.checks[2].at.text(), "scenarios/session20.yaml:11:5");
  EXPECT_EQ(std::get<std::string>(s.checks[2].params.at("name")), "fibonacci");
  EXPECT_EQ(std::get<Range>(s.checks[2].params.at("calls")), (Range{10, 10}));
  EXPECT_EQ(std::get<Range>(s.checks[2].params.at("avg")), (Range{50, 500}));
  EXPECT_EQ(std::get<std::uint64_t>(s.checks[3].params.at("max")), 200000u);
  EXPECT_EQ(std::get<std::string>(s.checks[5].params.at("screen")), "matches serial");
}

TEST(LoadScenario, ReadsWhatAGuestOfOthersNeeds) {
  const Scenario s = parse_scenario(R"(name: linux
image: {kernel: vmlinuz, append: console=ttyS0 panic=-1, initrd: root.cpio}
machine:
  arch: x86_64
  devices: [virtio-rng-pci, "virtio-balloon-pci,id=b"]
  fw_cfg: {opt/app/prompt: "Once, upon\na time", opt/app/model: {file: model.bin}}
  args: -smbios "type=1,product=My Board"
formats: [ktap, kvm-unit-tests]
steps:
  - {wait: "=> ", within: 5s}
  - send: "boot\n"
  - stop: true
exit: {pass: 0, fail: [35, 37], skip: [77], panic: [39]}
)",
                                    "s.yaml");
  EXPECT_EQ(s.image.append, "console=ttyS0 panic=-1");
  EXPECT_EQ(s.image.initrd, std::vector<std::string>{"root.cpio"});
  EXPECT_EQ(s.machine.devices,
            (std::vector<std::string>{"virtio-rng-pci", "virtio-balloon-pci,id=b"}));
  EXPECT_EQ(s.machine.fw_cfg, (std::vector<FwCfgEntry>{{"opt/app/prompt", "Once, upon\na time", ""},
                                                       {"opt/app/model", "", "model.bin"}}));
  EXPECT_EQ(s.machine.args, (std::vector<std::string>{"-smbios", "type=1,product=My Board"}));
  EXPECT_EQ(s.formats, (std::vector<std::string>{"ktap", "kvm-unit-tests"}));
  EXPECT_EQ(s.steps, (std::vector<Step>{{"=> ", std::chrono::milliseconds(5000), "", "", false},
                                        {"", {}, "boot\n", "", false},
                                        {"", {}, "", "", true}}));
  EXPECT_EQ(s.exits, (std::vector<ExitRule>{{0, ExitMeaning::pass},
                                            {35, ExitMeaning::fail},
                                            {37, ExitMeaning::fail},
                                            {77, ExitMeaning::skip},
                                            {39, ExitMeaning::panic}}));
}

TEST(LoadScenario, DefaultsOfTheMachineFollowItsArchitecture) {
  const auto machine = [](const std::string& arch) {
    return parse_scenario(kMinimal + "machine: {arch: " + arch + "}\n", "s.yaml").machine;
  };
  EXPECT_EQ(machine("x86_64").model, "pc");
  EXPECT_TRUE(machine("x86_64").vga);
  for (const char* arch : {"aarch64", "arm", "riscv64"}) {
    EXPECT_EQ(machine(arch).model, "virt") << arch;
    EXPECT_EQ(machine(arch).memory, 128u << 20) << arch;
    EXPECT_FALSE(machine(arch).vga) << arch;
  }
  EXPECT_EQ(machine("aarch64").cpu, "cortex-a57");
  EXPECT_EQ(machine("arm").cpu, "");
  EXPECT_EQ(machine("arm, model: raspi0, cpu: arm1176, memory: 512M").model, "raspi0");
}

TEST(LoadScenario, FirmwareAloneCanBeBooted) {
  EXPECT_EQ(complaint("name: a\nimage: {firmware: bios-256k.bin}\n"), "");
  EXPECT_EQ(complaint("name: a\nimage: {flash: [code.fd, vars.fd]}\n"), "");
}

TEST(ScenarioMistakes, OfBootOptions) {
  EXPECT_EQ(complaint("name: a\nimage: {disk: d.img, append: quiet}\n"),
            "s.yaml:2:22: 'append' in image needs 'kernel' beside it | add kernel, or remove "
            "append");
  EXPECT_EQ(complaint_after("machine: {arch: riscv64, vga: true}\n"),
            "s.yaml:3:31: vga: the text screen of a PC is read, and riscv64 has none | leave it "
            "out; a display of its own is one of devices");
  EXPECT_EQ(complaint_after("machine: {args: [--icount, shift=1]}\n"),
            "s.yaml:3:17: args: --icount cannot be given here | write clock: counted at the top "
            "level");
}

TEST(ScenarioMistakes, OfFwCfg) {
  constexpr const char* kName =
      " | write opt/NAME, of letters, digits and . _ / -, with at most 55 characters";
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {etc/x: a}}\n"),
            std::string("s.yaml:3:20: fw_cfg: 'etc/x' is not a file name") + kName);
  EXPECT_EQ(
      complaint_after("machine: {fw_cfg: {\"opt/a,file=/etc/passwd\": a}}\n"),
      std::string("s.yaml:3:20: fw_cfg: 'opt/a,file=/etc/passwd' is not a file name") + kName);
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {opt/" + std::string(52, 'x') + ": a}}\n"),
            "s.yaml:3:20: fw_cfg: 'opt/" + std::string(52, 'x') + "' is not a file name" + kName);
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {opt/a: \"\"}}\n"),
            "s.yaml:3:27: fw_cfg: 'opt/a' holds an empty text | write a text, or {file: PATH}");
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {opt/a: {path: x}}}\n"),
            "s.yaml:3:27: fw_cfg: 'opt/a' holds a map | write a text, or {file: PATH}");
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {opt/a: \"x\\0y\"}}\n"),
            "s.yaml:3:27: fw_cfg: 'opt/a' holds a NUL, at which QEMU would cut it | write a text, "
            "or {file: PATH}");
  EXPECT_EQ(complaint_after("machine: {fw_cfg: {opt/uniharness/hold: 1}}\n"),
            "s.yaml:3:19: fw_cfg: opt/uniharness/hold is the harness's own | give it another name");
}

TEST(ScenarioMistakes, OfTheExitTable) {
  EXPECT_EQ(complaint_after("exit: {pass: [0, 33], fail: [35, 33]}\n"),
            "s.yaml:3:29: status 33 stands twice in the exit table, for pass and for fail | a "
            "status has one meaning: keep one of the two");
  EXPECT_EQ(complaint_after("exit: {pass: 256}\n"),
            "s.yaml:3:14: pass: '256' is not accepted | write a whole number, or a list: [33, 35]; "
            "from 0 to 255");
  EXPECT_EQ(complaint_after("exit: {pass: []}\n"),
            "s.yaml:3:14: pass: the list is empty | write a whole number, or a list: [33, 35]; "
            "from 0 to 255");
  EXPECT_EQ(
      complaint_after("exit: {}\n"),
      "s.yaml:3:7: exit lacks one of: pass, fail, skip, panic, reboot | give at least one of them");
}

TEST(LoadScenario, TheExampleOfTheReferencePageLoads) {
  const Scenario s = parse_scenario(example_scenario(), "example.yaml");
  EXPECT_EQ(s.checks.size(), 17u);
}

TEST(LoadScenario, EveryFieldReachesTheScenario) {
  const Scenario s = parse_scenario(
      "name: a-b_c.9\nabout: |\n  two\n  lines\nclock: host\nboots: 7\n"
      "image: {build: [make, 'x y'], cdrom: a.iso, firmware: qboot.rom}\n"
      "machine: {arch: x86_64, model: q35, memory: 1G, accel: kvm, cpu: max, smp: 4, vga: false, "
      "serial: false}\n"
      "limits: {wall: 2m, idle: 500ms, serial: 64K}\n",
      "s.yaml");
  EXPECT_EQ(s.name, "a-b_c.9");
  EXPECT_EQ(s.about, "two\nlines");
  EXPECT_EQ(s.clock, ClockKind::host);
  EXPECT_EQ(s.boots, 7u);
  EXPECT_EQ(s.image.build, (std::vector<std::string>{"make", "x y"}));
  EXPECT_EQ(s.image.cdrom, "a.iso");
  EXPECT_EQ(s.image.firmware, "qboot.rom");
  EXPECT_EQ(s.machine.arch, "x86_64");
  EXPECT_EQ(s.machine.model, "q35");
  EXPECT_EQ(s.machine.memory, 1u << 30);
  EXPECT_EQ(s.machine.accel, "kvm");
  EXPECT_EQ(s.machine.cpu, "max");
  EXPECT_EQ(s.machine.smp, 4u);
  EXPECT_FALSE(s.machine.vga);
  EXPECT_FALSE(s.machine.serial);
  EXPECT_EQ(s.limits.wall.count(), 120'000);
  EXPECT_EQ(s.limits.idle.count(), 500);
  EXPECT_EQ(s.limits.serial, 64u << 10);
}

TEST(LoadScenario, DocumentedDefaultsAreTheRealOnes) {
  // Writing every default out must change nothing.
  std::string all = "name: a\n";
  for (const FieldSection& section : scenario_sections()) {
    std::string keys = section.name == "image" ? "disk: a.img" : "";
    for (const Field& field : section.fields) {
      if (field.default_text.empty()) continue;
      const std::string pair =
          std::string(field.spec.name) + ": " + std::string(field.default_text);
      if (section.name.empty()) {
        all += pair + "\n";
      } else {
        keys += (keys.empty() ? "" : ", ") + pair;
      }
    }
    if (!section.name.empty() && !keys.empty())
      all += std::string(section.name) + ": {" + keys + "}\n";
  }
  const Scenario written = parse_scenario(all, "s.yaml");
  const Scenario silent = parse_scenario(kMinimal, "s.yaml");
  EXPECT_EQ(written.clock, silent.clock);
  EXPECT_EQ(written.boots, silent.boots);
  EXPECT_EQ(written.machine.arch, silent.machine.arch);
  EXPECT_EQ(written.machine.model, silent.machine.model);
  EXPECT_EQ(written.machine.memory, silent.machine.memory);
  EXPECT_EQ(written.machine.accel, silent.machine.accel);
  EXPECT_EQ(written.machine.smp, silent.machine.smp);
  EXPECT_EQ(written.machine.serial, silent.machine.serial);
  EXPECT_EQ(written.image.persist, silent.image.persist);
  const PowerCutSpec cuts = written.power_cuts.value(), none;
  EXPECT_EQ(cuts.boots, none.boots);
  EXPECT_EQ(cuts.kill, none.kill);
  EXPECT_EQ(cuts.atomic, none.atomic);
  EXPECT_EQ(cuts.states, none.states);
  EXPECT_EQ(cuts.seed, none.seed);
  EXPECT_EQ(written.limits.wall, silent.limits.wall);
  EXPECT_EQ(written.limits.idle, silent.limits.idle);
  EXPECT_EQ(written.limits.serial, silent.limits.serial);
}

TEST(LoadScenario, DefaultsFollowTheClockAndTheModel) {
  EXPECT_EQ(parse_scenario(kMinimal, "s").boots, 2u);
  EXPECT_EQ(parse_scenario(kMinimal + "clock: host\n", "s").boots, 6u);
  EXPECT_EQ(parse_scenario(kMinimal + "clock: host\nboots: 1\n", "s").boots, 1u);
  EXPECT_TRUE(parse_scenario(kMinimal, "s").machine.vga);
  EXPECT_FALSE(
      parse_scenario(kMinimal + "machine: {model: \"microvm,acpi=off\"}\n", "s").machine.vga);
  EXPECT_TRUE(parse_scenario(kMinimal + "machine: {model: microvm, vga: true}\n", "s").machine.vga);
}

TEST(LoadScenario, KeysWithXAreAPlaceForAnchors) {
  const Scenario s = parse_scenario(
      "x-small: &small {model: microvm, memory: 16M}\n" + kMinimal + "machine: *small\n", "s");
  EXPECT_EQ(s.machine.memory, 16u << 20);
  EXPECT_EQ(complaint_after("machine: {x-note: 1}\n"),
            "s.yaml:3:11: unknown key 'x-note' in machine | machine takes: arch, model, memory, "
            "accel, cpu, smp, vga, serial, sandbox, devices, disk_interface, fw_cfg, args");
}

TEST(LoadScenario, AKernelHasDisksBesideIt) {
  const Scenario one = parse_scenario("name: a\nimage: {kernel: k.elf, disk: fs.img}\n", "s.yaml");
  EXPECT_EQ(one.image.kernel, "k.elf");
  EXPECT_EQ(one.image.disk, "fs.img");
  EXPECT_TRUE(one.image.further_disks.empty());
  const Scenario more = parse_scenario(
      "name: a\nimage: {disk: [boot.img, fs.img, swap.img]}\n"
      "machine: {disk_interface: virtio}\n",
      "s.yaml");
  EXPECT_EQ(more.image.disk, "boot.img");
  EXPECT_EQ(more.image.further_disks, (std::vector<std::string>{"fs.img", "swap.img"}));
  EXPECT_EQ(more.machine.disk_interface, DiskInterface::virtio);
}

TEST(LoadScenario, AMachineHasFourPlacesForDisks) {
  EXPECT_EQ(complaint("name: a\nimage: {cdrom: c, disk: [a, b, d]}\n"), "");
  EXPECT_EQ(complaint("name: a\nimage: {cdrom: c, disk: [a, b, d, e]}\n"),
            "s.yaml:2:25: 5 disks and CDs, and a machine gets at most 4 | put their files on fewer "
            "disks");
  EXPECT_EQ(complaint("name: a\nimage: {disk: a}\n"
                      "machine: {model: microvm, disk_interface: ide}\n"),
            "s.yaml:3:43: disk_interface: a machine microvm of i386 has no IDE | write "
            "disk_interface: virtio, or leave it out");
}

TEST(LoadScenario, PowerCutsHaveFieldsAndChecksOfTheirOwn) {
  const Scenario s = parse_scenario(
      "name: a\nimage: {disk: a.img, persist: true}\nboots: 3\npower_cuts:\n  boots: [1, 3]\n"
      "  model: kill\n  atomic: 4K\n  states: 50\n  seed: 7\n  said: 'at (?P<value>\\d+)'\n"
      "  found: 'is (?P<value>\\d+)'\n  checks:\n    - ending: pass\n    - text: found\n",
      "s.yaml");
  EXPECT_TRUE(s.image.persist);
  ASSERT_TRUE(s.power_cuts);
  EXPECT_EQ(s.power_cuts->boots, (std::vector<std::uint64_t>{1, 3}));
  EXPECT_TRUE(s.power_cuts->kill);
  EXPECT_EQ(s.power_cuts->atomic, 4096u);
  EXPECT_EQ(s.power_cuts->states, 50u);
  EXPECT_EQ(s.power_cuts->seed, 7u);
  EXPECT_EQ(s.power_cuts->said, "at (?P<value>\\d+)");
  EXPECT_EQ(s.power_cuts->found, "is (?P<value>\\d+)");
  ASSERT_EQ(s.power_cuts->checks.size(), 2u);
  EXPECT_EQ(s.power_cuts->checks[1].kind, "text");
  EXPECT_TRUE(s.checks.empty());
  EXPECT_EQ(s.power_cuts->at.line, 4);
  EXPECT_TRUE(parse_scenario("name: a\nimage: {disk: a}\npower_cuts: {}\n", "s").power_cuts);
}

}  // namespace
}  // namespace harness
