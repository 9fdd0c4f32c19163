// The plugin in real QEMU, on a guest whose instructions were counted by hand
// (testdata/golden.asm).
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "profile/boot_testing.h"

namespace harness::profile {
namespace {

using testing_boot::boot_counted;
using testing_boot::CountedBoot;
using testing_boot::test_plugin;

struct Boot : CountedBoot {
  std::map<std::string, FunctionTotals> of;
};

Boot boot_golden(int width, const std::string& model = "pc") {
  const std::string elf = std::string(TEST_GUESTS) + "/golden" + std::to_string(width) + ".elf";
  Boot boot = {boot_counted(elf, model), {}};
  for (const FunctionTotals& one : boot.profile.functions) {
    boot.of[boot.profile.name(one.function)] = one;
  }
  return boot;
}

class Golden : public testing::TestWithParam<int> {};

TEST_P(Golden, EveryFunctionHasTheInstructionsThatItsTextSays) {
  const Boot boot = boot_golden(GetParam());
  const std::map<std::string, std::uint64_t> self = {
      {"begin", 8},    {"main", 25},   {"loop_1000", 4 * 2002},
      {"draw", 25},    {"fill", 105},  {"leaf", 3},
      {"tail", 2},     {"trap", 3},    {"recursion", 19},
      {"late", 3},     {"early", 2},   {"measured", 6},
      {"cross", 4002}, {"patch", 4002}};
  for (const auto& [name, instructions] : self) {
    ASSERT_TRUE(boot.of.contains(name)) << name;
    EXPECT_EQ(boot.of.at(name).self, instructions) << name;
  }
  EXPECT_EQ(disagreement(boot.profile), std::nullopt);
  EXPECT_EQ(doubt(boot.profile.counts), std::nullopt) << "QEMU's own count is the same";
}

TEST_P(Golden, CallsAreFollowedByEveryWayOfCalling) {
  const Boot boot = boot_golden(GetParam());
  EXPECT_EQ(boot.of.at("loop_1000").calls, 4u);
  EXPECT_EQ(boot.of.at("leaf").calls, 3u) << "by register, by memory, by a tail call";
  EXPECT_EQ(boot.of.at("trap").calls, 1u);
  EXPECT_EQ(boot.of.at("early").calls, 0u) << "only its middle was entered";
  EXPECT_EQ(boot.of.at("recursion").calls, 5u);
  EXPECT_EQ(boot.of.at("recursion").outermost, 1u);
  EXPECT_EQ(boot.of.at("recursion").total, 19u);
  EXPECT_EQ(boot.of.at("measured").total, 6u + 2002);
  std::uint64_t below_main = 0;
  for (const auto& [name, one] : boot.of) {
    if (!boot.profile.code.functions[one.function].is_region && name != "entry" &&
        name != "begin" && name != "spin") {
      below_main += one.self;
    }
  }
  EXPECT_EQ(boot.of.at("main").total, below_main);
  EXPECT_EQ(boot.of.at("begin").total, below_main + 8);
}

/// The time stamp counter is QEMU's own count of instructions; the plugin's is ours.
TEST_P(Golden, AgreesWithTheCountedClock) {
  const Boot boot = boot_golden(GetParam());
  ASSERT_EQ(boot.trace.serial.size(), 4u);
  std::uint32_t ticks = 0;
  for (int i = 3; i >= 0; --i) {
    ticks = ticks << 8 | static_cast<unsigned char>(boot.trace.serial[static_cast<unsigned>(i)]);
  }
  // Of `measured`, the first rdtsc, mov and call lie between the readings, sub and ret do not; the
  // second rdtsc reads before it counts.
  EXPECT_EQ(ticks, boot.of.at("measured").total - 3);
}

INSTANTIATE_TEST_SUITE_P(Widths, Golden, testing::Values(32, 64),
                         [](const auto& info) { return std::to_string(info.param) + "Bit"; });

TEST(Plugin, TwoBootsCountTheSame) {
  Boot one = boot_golden(32, "microvm,acpi=off");
  Boot two = boot_golden(32, "microvm,acpi=off");
  for (Boot* boot : {&one, &two}) {  // how long it goes on after its end is QEMU's affair
    if (boot->of.contains("spin")) {
      const std::uint32_t spin = boot->of.at("spin").function;
      boot->profile.counts.functions[spin] = 0;
      std::erase_if(boot->profile.counts.contexts,
                    [spin](const Context& one) { return one.function == spin; });
    }
  }
  EXPECT_EQ(one.profile.counts.functions, two.profile.counts.functions);
  EXPECT_EQ(one.profile.counts.contexts.size(), two.profile.counts.contexts.size());
}

TEST(Plugin, WithoutTheHarnessItRefusesToLoad) {
  Job job;
  job.kernel = std::string(TEST_GUESTS) + "/golden32.elf";
  job.plugin = PluginSpec{test_plugin(), 2};  // standard error: not the memory it wants
  QemuMachine machine;
  const Trace trace = machine.run(job, {});
  EXPECT_FALSE(trace.started);
  EXPECT_NE(trace.stderr_text.find("uniharness profile"), std::string::npos) << trace.stderr_text;
}

}  // namespace
}  // namespace harness::profile
