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

// ---- mistakes: place, key, nearest key, what is accepted ---------------------------------------

TEST(ScenarioMistake, UnknownKeyNamesTheNearest) {
  EXPECT_EQ(complaint_after("limits: {wal: 10s}\n"),
            "s.yaml:3:10: unknown key 'wal' in limits (did you mean 'wall'?) | limits takes: wall, "
            "idle, cpu, serial");
  EXPECT_EQ(
      complaint_after("machin: {}\n"),
      "s.yaml:3:1: unknown key 'machin' in the scenario (did you mean 'machine'?) | the "
      "scenario takes: name, about, clock, boots, formats, image, machine, exit, tests, limits, "
      "power_cuts, "
      "steps, metrics, "
      "checks, matrix");
  EXPECT_EQ(
      complaint_after("limits: {xylophone: 10s}\n"),
      "s.yaml:3:10: unknown key 'xylophone' in limits | limits takes: wall, idle, cpu, serial");
}
TEST(ScenarioMistake, DuplicateKey) {
  EXPECT_EQ(complaint_after("name: b\n"),
            "s.yaml:3:1: duplicate key 'name' (first in line 1) | keep one of the two");
}
TEST(ScenarioMistake, MissingNameAndImageAreBothTold) {
  EXPECT_EQ(complaint("boots: 2\n"),
            "s.yaml:1:1: the scenario lacks the key 'name'\n"
            "  add name: letters, digits, '.', '_' and '-', the first a letter or a digit\n"
            "s.yaml:1:1: the scenario lacks the key 'image'\n"
            "  add what is booted: image: {target: tinyllama, disk: tinyllama.img} | "
            "2 mistakes; scenarios/REFERENCE.md describes every key");
}
TEST(ScenarioMistake, ImageNeedsExactlyOneFileToBoot) {
  EXPECT_EQ(complaint("name: a\nimage: {target: a}\n"),
            "s.yaml:2:8: image lacks one of: disk, kernel, cdrom, firmware, flash | give at least "
            "one of them");
  EXPECT_EQ(
      complaint("name: a\nimage: {cdrom: a, kernel: b}\n"),
      "s.yaml:2:19: 'cdrom' and 'kernel' exclude each other in image | give only one of them");
  EXPECT_EQ(
      complaint("name: a\nimage: {disk: a, target: b, build: c}\n"),
      "s.yaml:2:29: 'target' and 'build' exclude each other in image | give only one of them");
}
TEST(ScenarioMistake, WrongKindOfValue) {
  EXPECT_EQ(complaint("name: [a]\nimage: {disk: a}\n"),
            "s.yaml:1:7: 'name' holds a list | write letters, digits, '.', '_' and '-', the first "
            "a letter or a digit");
  EXPECT_EQ(complaint("name:\nimage: {disk: a}\n"),
            "s.yaml:1:1: 'name' holds nothing | write letters, digits, '.', '_' and '-', the first "
            "a letter or a digit");
  EXPECT_EQ(complaint("name: a\nimage: a.img\n"),
            "s.yaml:2:8: image holds a single value, must hold keys | it takes: target, build, "
            "disk, persist, kernel, append, initrd, cdrom, firmware, flash, symbols");
  EXPECT_EQ(complaint("- a\n"),
            "s.yaml:1:1: a scenario is a map of keys, this is a list | start with its name: name: "
            "smoke");
}
TEST(ScenarioMistake, NameThatIsNoFolderName) {
  for (const char* name : {"a/b", "..", ".a", "-a", "a b", "\"\"", "\xC3\xA9"}) {
    EXPECT_NE(complaint("name: " + std::string(name) + "\nimage: {disk: a}\n"), "") << name;
  }
  EXPECT_EQ(complaint("name: ../etc\nimage: {disk: a}\n"),
            "s.yaml:1:7: name: '../etc' is not accepted | write letters, digits, '.', '_' and "
            "'-', the first a letter or a digit");
}
TEST(ScenarioMistake, BadNumbersBytesAndDurations) {
  EXPECT_EQ(complaint_after("boots: two\n"),
            "s.yaml:3:8: boots: 'two' is not accepted | write a whole number: 10, 24K, 4M (K, M, "
            "G are powers of 1024); from 1 to 1000");
  EXPECT_EQ(complaint_after("boots: 0\n"),
            "s.yaml:3:8: boots: 0 is out of range | write a whole number: 10, 24K, 4M (K, M, G "
            "are powers of 1024); from 1 to 1000");
  EXPECT_EQ(complaint_after("machine: {memory: 32MB}\n"),
            "s.yaml:3:19: memory: '32MB' is not accepted | write a whole number: 10, 24K, 4M (K, "
            "M, G are powers of 1024); from 1M to 64G");
  EXPECT_EQ(complaint_after("machine: {memory: 512K}\n"),
            "s.yaml:3:19: memory: 512K is out of range | write a whole number: 10, 24K, 4M (K, M, "
            "G are powers of 1024); from 1M to 64G");
  EXPECT_EQ(complaint_after("limits: {wall: 10}\n"),
            "s.yaml:3:16: wall: '10' is not accepted | write a time with its unit: 500ms, 10s or "
            "2m; from 1ms to 60m");
  EXPECT_EQ(complaint_after("limits: {wall: 2h}\n").substr(0, 43),
            "s.yaml:3:16: wall: '2h' is not accepted | w");
}
TEST(ScenarioMistake, ChoiceThatIsNotInTheList) {
  EXPECT_EQ(complaint_after("clock: count\n"),
            "s.yaml:3:8: clock: 'count' is not accepted (did you mean 'counted'?) | write one of: "
            "counted, host");
  EXPECT_EQ(complaint_after("machine: {vga: yes}\n"),
            "s.yaml:3:16: vga: 'yes' is not accepted | write true or false");
}
TEST(ScenarioMistake, BuildCommandWithShellSyntax) {
  EXPECT_EQ(complaint("name: a\nimage: {disk: a, build: make && strip a}\n"),
            "s.yaml:2:25: build: '&' is shell syntax, and no shell reads it | write a list, "
            "[program, argument, ...], or put the command into a script");
}
TEST(ScenarioMistake, KvmCannotCount) {
  EXPECT_EQ(complaint_after("machine: {accel: kvm}\n"),
            "s.yaml:3:18: accel: kvm cannot count instructions, and the clock is counted | write "
            "clock: host at the top level, or accel: tcg");
  EXPECT_EQ(complaint_after("machine: {accel: kvm}\nclock: host\n"), "");
}
TEST(ScenarioMistake, VgaCheckWithoutAnAdapter) {
  EXPECT_EQ(complaint_after("machine: {model: microvm}\nchecks:\n  - vga: matches serial\n"),
            "s.yaml:5:5: check 'vga' needs a VGA adapter, and this machine has none | write "
            "machine: {vga: true}, or remove the check");
}
TEST(ScenarioMistake, AllAreReportedInTheOrderOfTheFile) {
  EXPECT_EQ(complaint_after("checks:\n  - vgo: 1\nlimits: {wall: x}\nclock: c\n"),
            "s.yaml:4:5: unknown check 'vgo' (did you mean 'vga'?)\n"
            "  known checks: ending, clean, complete, test, entry, text, order, hash, forbid, "
            "allow, profile, "
            "timing, bench, metric, memory, vga, size, reduction, identical; `uniharness checks` "
            "describes them\n"
            "s.yaml:5:16: wall: 'x' is not accepted\n"
            "  write a time with its unit: 500ms, 10s or 2m; from 1ms to 60m\n"
            "s.yaml:6:8: clock: 'c' is not accepted\n"
            "  write one of: counted, host | "
            "3 mistakes; scenarios/REFERENCE.md describes every key");
}
TEST(ScenarioMistake, TwentyAreShownAndTheRestCounted) {
  std::string checks = "checks:\n";
  for (int i = 0; i < 25; ++i) checks += "  - clean: no\n";
  const std::string text = complaint_after(checks);
  EXPECT_NE(text.find("s.yaml:23:12: "), std::string::npos) << text;
  EXPECT_EQ(text.find("s.yaml:24:12: "), std::string::npos) << text;
  EXPECT_NE(text.find("\n... and 5 more | 25 mistakes"), std::string::npos) << text;
}
TEST(ScenarioMistake, EscapesInTheFileAreMadeHarmless) {
  EXPECT_EQ(complaint_after("clock: \"\\e[31m\"\n"),
            "s.yaml:3:8: clock: '\\x1B[31m' is not accepted | write one of: counted, host");
}
TEST(ScenarioMistake, StatusIsTwo) {
  try {
    parse_scenario("", "s.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::usage);
  }
}

// ---- files ----------------------------------------------------------------------------------

std::string load_complaint(const std::filesystem::path& file) {
  try {
    load_scenario(file);
    return "";
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
}

class ScenarioFile : public testing::Test {
 protected:
  TestFolder temporary_;
  std::filesystem::path folder_ = temporary_.path;
};

TEST_F(ScenarioFile, IsReadWithItsPathAsGiven) {
  std::ofstream(folder_ / "smoke.yaml") << kMinimal;
  EXPECT_EQ(load_scenario(folder_ / "smoke.yaml").file, (folder_ / "smoke.yaml").string());
}
TEST_F(ScenarioFile, MissingFileNamesTheNearestOne) {
  std::ofstream(folder_ / "smoke.yaml") << kMinimal;
  const std::string folder = folder_.string();
  EXPECT_EQ(load_complaint(folder_ / "smok.yaml"),
            folder + "/smok.yaml: cannot be read: No such file or directory | did you mean " +
                folder + "/smoke.yaml?");
  EXPECT_EQ(load_complaint(folder_ / "completely-other.yaml"),
            folder +
                "/completely-other.yaml: cannot be read: No such file or directory | give "
                "the path of a scenario file, e.g. scenarios/smoke.yaml");
}
TEST_F(ScenarioFile, FolderIsRefused) {
  EXPECT_EQ(load_complaint(folder_),
            folder_.string() + ": is a folder, not a scenario file | name one of its .yaml files");
}
TEST_F(ScenarioFile, OverOneMebibyteIsRefused) {
  const std::string comment = std::string(99, '#') + "\n";
  std::ofstream file(folder_ / "large.yaml");
  file << kMinimal;
  for (int i = 0; i < 11'000; ++i) file << comment;
  file.close();
  EXPECT_EQ(load_complaint(folder_ / "large.yaml"),
            (folder_ / "large.yaml").string() +
                ": larger than 1,048,576 bytes | a scenario is a short text; is this the right "
                "file?");
}

TEST(ShippedScenarios, AllLoad) {
  const std::filesystem::path folder = UNIHARNESS_SOURCE_DIR "/scenarios";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    if (entry.path().filename() == "comparison.yaml") continue;  // of `report comparison`
    ++count;
    EXPECT_EQ(load_complaint(entry.path()), "");
  }
  EXPECT_GT(count, 0u);
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

TEST(ScenarioMistakes, OfPowerCutsAndPersistence) {
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k, persist: true}\n"),
            "s.yaml:2:20: 'persist' in image needs 'disk' beside it | add disk, or remove persist");
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k}\npower_cuts: {seed: 1}\n"),
            "s.yaml:3:1: power_cuts: the image has no disk whose writes could be cut | add image: "
            "{disk: FILE}");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {boots: 3}\n"),
            "s.yaml:3:21: power_cuts: there is no boot 3, only 2 | add boots at the top level, or "
            "choose an earlier one");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {atomic: 3000}\n"),
            "s.yaml:3:22: power_cuts: a disk writes no pieces of 3000 bytes | a power of two, such "
            "as 4K");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {said: a, found: '(?P<value>.)'}\n"),
            "s.yaml:3:20: power_cuts: the pattern of said has no group 'value' | write it as in "
            "'committed (?P<value>\\d+)'");
  EXPECT_EQ(
      complaint("name: a\nimage: {disk: k}\npower_cuts: {said: '(?P<value>.)'}\n"),
      "s.yaml:3:14: 'said' in power_cuts needs 'found' beside it | add found, or remove said");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\nmachine: {vga: false}\n"
                      "power_cuts: {checks: [vga: matches serial]}\n"),
            "s.yaml:4:23: check 'vga' needs a VGA adapter, and this machine has none | write "
            "machine: {vga: true}, or remove the check");
}

std::string complaint_about(const std::filesystem::path& file) {
  try {
    load_scenarios(file.string());
  } catch (const UsageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "";
}

TEST(NoScenarioFile, AnImageInItsPlaceIsSentToInit) {
  const TestFolder folder;
  const std::filesystem::path elf = folder.path / "k.elf", disk = folder.path / "d.img";
  std::ofstream(elf, std::ios::binary) << "\x7F"
                                          "ELF\x02\x01";
  std::ofstream(disk, std::ios::binary) << std::string(512, '\0');
  EXPECT_EQ(complaint_about(elf),
            elf.string() +
                ": is an ELF file, not a scenario | write a scenario for it: uniharness "
                "init " +
                elf.string());
  EXPECT_NE(complaint_about(disk).find("is a binary file, not a scenario"), std::string::npos);
}
TEST(NoScenarioFile, WhatCannotBeReadIsNotTakenForAnotherName) {
  const TestFolder folder;
  const std::filesystem::path loop = folder.path / "loop.yaml";
  std::filesystem::create_symlink("loop.yaml", loop);
  EXPECT_EQ(complaint_about(loop),
            loop.string() + ": is unreadable: Too many levels of symbolic links | ");
}
TEST(ScenarioMistakes, ArchitecturesHaveOtherNamesElsewhere) {
  EXPECT_TRUE(complaint("name: a\nimage: {kernel: k}\nmachine: {arch: arm64}\n")
                  .starts_with("s.yaml:3:17: arch: 'arm64' is not accepted (did you mean "
                               "'aarch64'?)"));
}
TEST(ScenarioMistakes, AHashThatCanBeNoneIsRefusedBeforeTheBoot) {
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k}\nchecks:\n"
                      "  - hash: {from: x, to: y, sha256: abc}\n"),
            "s.yaml:4:36: sha256: 'abc' is not accepted | write 64 hexadecimal digits, lower case: "
            "what sha256sum prints");
}

}  // namespace
}  // namespace harness
