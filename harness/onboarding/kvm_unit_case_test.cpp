#include "onboarding/kvm_unit_case.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scenario/load.h"

namespace harness::onboarding {
namespace {

KvmUnitHost host() {
  KvmUnitHost host;
  host.kvm_fault = "no kvm";
  host.first_line = [](const std::string& path) -> std::optional<std::string> {
    if (path == "/there") return "Y";
    return std::nullopt;
  };
  host.exists = [](const std::string& file) { return file != "unbuilt.flat"; };
  return host;
}

std::vector<KvmUnitCase> cases_of(const std::string& text, const KvmUnitHost& host) {
  return kvm_unit_cases(parse_unit_tests(text, "u.cfg", 6), "u.cfg", "../x86", host);
}

/// The one case with these keys.
KvmUnitCase one(const std::string& keys, const KvmUnitHost& on = host()) {
  return cases_of("[one]\nfile = one.flat\n" + keys + "\n", on).front();
}

using Texts = std::vector<std::string>;

TEST(KvmUnitCase, ParametersGoUnderTheirKeys) {
  const KvmUnitCase made =
      one("smp = 3\ntimeout = 7\nextra_params = -cpu max,+vmx -m 4g -M q35,kernel-irqchip=split "
          "-machine vmport=on -device edu --append \"-a b\" -global x.y=1");
  EXPECT_EQ(made.skip, "");
  const Scenario scenario = parse_scenario(made.yaml, "one");
  EXPECT_EQ(scenario.name, "one");
  EXPECT_EQ(scenario.image.kernel, "../x86/one.flat");
  EXPECT_EQ(scenario.image.append, "-a b");
  EXPECT_EQ(scenario.machine.model, "q35,kernel-irqchip=split,vmport=on");
  EXPECT_EQ(scenario.machine.memory, 4ull << 30);
  EXPECT_EQ(scenario.machine.cpu, "max,+vmx");
  EXPECT_EQ(scenario.machine.smp, 3u);
  EXPECT_EQ(scenario.machine.accel, "auto");
  EXPECT_EQ(scenario.machine.devices, (Texts{"pc-testdev", "pci-testdev", "edu"}));
  EXPECT_EQ(scenario.machine.args, (Texts{"-global", "x.y=1"}));
  EXPECT_EQ(scenario.limits.wall, std::chrono::seconds(7));
  EXPECT_EQ(scenario.limits.idle, std::chrono::seconds(3600));
  EXPECT_EQ(scenario.formats, Texts{"kvm-unit-tests"});
  EXPECT_EQ(scenario.exits.size(), 4u);
}

TEST(KvmUnitCase, DefaultsAreThoseOfTheSuite) {
  const Scenario scenario = parse_scenario(one("").yaml, "one");
  EXPECT_EQ(scenario.machine.memory, 128u << 20);
  EXPECT_EQ(scenario.machine.model, "pc");
  EXPECT_EQ(scenario.limits.wall, std::chrono::seconds(90));
  EXPECT_FALSE(scenario.machine.vga);
}

TEST(KvmUnitCase, EverySkipHasItsReason) {
  EXPECT_EQ(one("check = /there=Y").skip, "");
  EXPECT_EQ(one("check = /there=N").skip, "/there is Y, must be N");
  EXPECT_EQ(one("check = /gone=1").skip, "/gone cannot be read, and must be 1");
  EXPECT_EQ(one("arch = i386").skip, "only for i386");
  EXPECT_EQ(one("accel = kvm").skip, "no kvm");
  EXPECT_EQ(one("extra_params = -enable-kvm").skip, "no kvm");
  EXPECT_EQ(one("groups = migration").skip, "group migration: needs a second QEMU");
  EXPECT_NE(one("groups = a nodefault").skip.find("-g nodefault"), std::string::npos);
  EXPECT_EQ(one("machine = q35").skip, "only for the machine q35");
  EXPECT_EQ(one("extra_params = -m").skip, "its parameter -m lacks a value");
  EXPECT_NE(one("extra_params = -serial none").skip.find("-serial cannot be given here"),
            std::string::npos);
  EXPECT_NE(one("new_key = 1").skip.find("'new_key'"), std::string::npos);
  EXPECT_EQ(cases_of("[a]\nfile = unbuilt.flat\n", host()).front().skip,
            "unbuilt.flat is not built");
  EXPECT_EQ(one("accel = kvm").yaml, "");
}

TEST(KvmUnitCase, AProcessorThatQemuRefusesIsASkipInItsWords) {
  KvmUnitHost on = host();
  Texts asked;
  on.cpu_fault = [&](const std::string& cpu) -> std::string {
    asked.push_back(cpu);
    return cpu.find("+odd") == std::string::npos ? "" : "Property '.odd' not found\n";
  };
  EXPECT_EQ(one("qemu_params = -cpu max,+odd", on).skip,
            "this QEMU cannot run it: Property '.odd' not found\\x0A");
  EXPECT_EQ(one("qemu_params = -cpu max,+odd", on).yaml, "");
  EXPECT_EQ(one("qemu_params = -cpu max,+vmx", on).skip, "");
  EXPECT_EQ(asked.size(), 3U);
  one("qemu_params = -cpu qemu64", on);
  on.kvm_fault = "";
  one("accel = kvm\nqemu_params = -cpu max,+odd", on);
  EXPECT_EQ(asked.size(), 3U) << "without a property, and under kvm, nothing is asked";
}

TEST(KvmUnitCase, GroupsChoose) {
  KvmUnitHost asked = host();
  asked.groups = {"vmexit"};
  const auto some = cases_of("[a]\nfile = a\ngroups = vmexit nodefault\n[b]\nfile = b\n", asked);
  ASSERT_EQ(some.size(), 1u);
  EXPECT_EQ(some[0].skip, "");
}

TEST(KvmUnitCase, NamesAreOnesThatFoldersCanHave) {
  const auto some = cases_of("[a b/c]\nfile = a\n[a-b-c]\nfile = b\n", host());
  EXPECT_EQ(some[0].name, "a-b-c");
  EXPECT_EQ(some[1].name, "a-b-c-2");
}

TEST(KvmUnitCase, APanicMayBeWhatIsWanted) {
  const Scenario scenario = parse_scenario(one("groups = panic").yaml, "one");
  ASSERT_EQ(scenario.checks.size(), 1u);
  EXPECT_EQ(scenario.checks[0].kind, "ending");
}

TEST(KvmUnitCase, OtherArchitecturesEndThroughACharacterDevice) {
  KvmUnitHost arm = host();
  arm.arch = "aarch64";
  const KvmUnitCase made = one("arch = arm64", arm);
  EXPECT_EQ(made.skip, "");
  const Scenario scenario = parse_scenario(made.yaml, "one");
  EXPECT_EQ(scenario.machine.model, "virt");
  EXPECT_EQ(scenario.machine.args[1], "testdev,id=ctd");
}

TEST(KvmUnitCase, TheConfiguredProcessorIsThatOfTheRunner) {
  KvmUnitHost arm = host();
  arm.arch = "aarch64";
  const auto cpu = [&](Configuration config, const std::string& keys = "") {
    arm.config = std::move(config);
    return parse_scenario(one(keys, arm).yaml, "one").machine.cpu;
  };
  EXPECT_EQ(cpu({}), "cortex-a57");
  EXPECT_EQ(cpu({{"PROCESSOR", "cortex-a53"}}), "cortex-a53");
  EXPECT_EQ(cpu({{"PROCESSOR", "cortex-a53"}, {"DEFAULT_QEMU_CPU", "max"}}), "max");
  EXPECT_EQ(cpu({{"TARGET_CPU", "cortex-a72"}, {"DEFAULT_QEMU_CPU", "max"}}), "cortex-a72");
  EXPECT_EQ(cpu({{"TARGET_CPU", ""}, {"DEFAULT_QEMU_CPU", "max"}}), "max");
  EXPECT_EQ(cpu({{"DEFAULT_QEMU_CPU", "max"}}, "extra_params = -cpu cortex-a57,pmu=on"),
            "cortex-a57,pmu=on");
  KvmUnitHost pc = host();
  pc.config = {{"PROCESSOR", "x86_64"}};
  EXPECT_EQ(parse_scenario(one("", pc).yaml, "one").machine.cpu, "");
}

TEST(KvmUnitCase, AConditionDisablesWhatItSays) {
  KvmUnitHost on = host();
  on.config = {{"TARGET", "qemu"}};
  EXPECT_EQ(one("disabled_if = [[ \"$TARGET\" != qemu ]]", on).skip, "");
  EXPECT_EQ(one("disabled_if = [[ \"$TARGET\" = qemu ]]", on).skip,
            "disabled because: [[ \"$TARGET\" = qemu ]]");
  EXPECT_NE(one("disabled_if = $(id)", on).skip.find("not understood here"), std::string::npos);
}

TEST(KvmUnitCase, TheHostsProcessorIsForKvmAlone) {
  const std::string keys = "extra_params = -cpu host,migratable=no";
  EXPECT_EQ(one(keys).skip, "no kvm");
  EXPECT_TRUE(wants_kvm(one(keys).test));
  EXPECT_FALSE(wants_kvm(one("extra_params = -cpu hostile").test));
  KvmUnitHost tcg = host();
  tcg.accel = "tcg";
  tcg.kvm_fault = "only for kvm, and tcg is asked for";
  EXPECT_NE(one(keys, tcg).skip.find("tcg is asked for"), std::string::npos);
  KvmUnitHost kvm = host();
  kvm.kvm_fault.clear();
  EXPECT_EQ(parse_scenario(one(keys, kvm).yaml, "one").machine.accel, "kvm");
}

TEST(KvmUnitCase, ATopologyIsHandedOver) {
  for (const char* keys : {"smp = 8,threads=4", "extra_params = -smp 8,threads=4"}) {
    const Scenario scenario = parse_scenario(one(keys).yaml, "one");
    EXPECT_EQ(scenario.machine.smp, 8u);
    EXPECT_EQ(scenario.machine.args, (Texts{"-smp", "8,threads=4"}));
  }
}

TEST(KvmUnitCase, MuchOutputIsKept) {
  EXPECT_EQ(parse_scenario(one("").yaml, "one").limits.serial, 16u << 20);
}

TEST(KvmUnitCase, OneOddSectionDoesNotStopTheOthers) {
  const auto cases = cases_of("[a]\nfile = a\nsmp = lots\n[b]\nfile = b\n", host());
  EXPECT_EQ(cases[0].skip.substr(0, 18), "u.cfg:3: smp = lot");
  EXPECT_EQ(cases[1].skip, "");
}

}  // namespace
}  // namespace harness::onboarding
