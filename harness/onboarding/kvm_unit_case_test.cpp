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

}  // namespace
}  // namespace harness::onboarding
