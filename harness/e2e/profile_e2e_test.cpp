// uniharness profile on real images. Instructions are exact, so they may be asserted.
#include <fstream>
#include <map>
#include <sstream>

#include "base/files.h"
#include "base/text.h"
#include "e2e/e2e.h"

namespace harness {
namespace {

CommandResult profile(const std::string& scenario, const fs::path& folder,
                      std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"profile", scenario_file(scenario), "--no-build", "--out",
                                        folder};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments);
}

/// The lines of profile.folded: instructions by stack.
std::map<std::string, std::uint64_t> folded(const fs::path& folder) {
  std::map<std::string, std::uint64_t> lines;
  std::istringstream in(read_file(folder / "profile.folded"));
  for (std::string line; std::getline(in, line);) {
    const std::size_t blank = line.rfind(' ');
    lines[line.substr(0, blank)] = std::stoull(line.substr(blank + 1));
  }
  return lines;
}

bool says(const CommandResult& result, const std::string& text) {
  return result.output_tail.find(text) != std::string::npos;
}

TEST(ProfileCommand, OfSession20AddsUpToThePluginsTotal) {
  const fs::path folder = fresh_folder();
  const auto result = profile("session20", folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  std::uint64_t sum = 0, own_sum = 0;
  for (const auto& [stack, self] : folded(folder)) {
    sum += self;
    if (stack[0] != '[') own_sum += self;
  }
  EXPECT_TRUE(says(result, grouped(sum) + " instructions, counted one by one: " + grouped(own_sum) +
                               " the guest's own"))
      << sum << result.output_tail;
  EXPECT_TRUE(says(result, "[firmware]") && says(result, "[boot sector]")) << result.output_tail;
}

TEST(ProfileCommand, AgainstAnEarlierOneNamesTheFunctionThatGrew) {
  const fs::path folder = fresh_folder();
  const auto profiled = [&](const std::string& target, std::vector<std::string> more) {
    const fs::path scenario = folder / (target + ".yaml");
    std::ofstream(scenario) << "name: session20\n"
                            << "image: {target: " << target << ", disk: " << target << ".img}\n"
                            << "checks:\n  - complete: true\n";
    std::vector<std::string> arguments = {"profile", scenario, "--no-build", "--out",
                                          folder / target};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return uniharness(arguments);
  };
  ASSERT_EQ(profiled("tinyllama", {}).exit_status, 0);
  const CommandResult same = profiled("tinyllama", {"--base", folder / "tinyllama"});
  // Only what prints how long firmware waited for the disk may differ, by the digits of it.
  EXPECT_TRUE(says(same, "\nagainst ")) << same.output_tail;
  EXPECT_FALSE(says(same, "fibonacci: ")) << same.output_tail;
  // One instruction more in each of ten calls.
  const CommandResult grown =
      profiled("tinyllama_plus_fibonacci", {"--base", folder / "tinyllama/profile.json"});
  // It is in what the demo's table of functions calls fibonacci through.
  EXPECT_TRUE(says(grown, "\n           +10  $_0::__invoke: 50 → 60, 10\n")) << grown.output_tail;
  EXPECT_NE(read_file(folder / "tinyllama_plus_fibonacci/profile-changes.svg")
                .find("itself +10 in all, against the other profile"),
            std::string::npos);
  EXPECT_EQ(profiled("tinyllama", {"--base", folder / "none"}).exit_status, 5);
}

TEST(ProfileCommand, OfSession20AgreesWithTheGuestOnAllThreeFunctions) {
  const auto result = profile("session20", fresh_folder());
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  std::size_t agree = 0;
  for (std::size_t at = 0; (at = result.output_tail.find("   agrees ", at)) != std::string::npos;
       ++at) {
    ++agree;
  }
  EXPECT_EQ(agree, 3u) << result.output_tail;
}

TEST(ProfileCommand, AGuestThatLiesAboutCallsAndCostsIsCaught) {
  const auto result = profile("misbehaving/lying-profile", fresh_folder());
  EXPECT_EQ(result.exit_status, 1) << result.output_tail;
  EXPECT_TRUE(says(result, "the guest says 10 calls, and 9 were made")) << result.output_tail;
  EXPECT_TRUE(says(result, "401,000 were executed")) << result.output_tail;
  EXPECT_TRUE(says(result, "   agrees ")) << "count_bits is honest" << result.output_tail;
}

/// The function of the first row of the table.
std::string top_row(const CommandResult& result) {
  const std::string& text = result.output_tail;
  const std::size_t head = text.find("total/call  function\n");
  if (head == text.npos) return "no table";
  const std::size_t end = text.find('\n', head);
  const std::size_t column = text.find("function", head) - (text.rfind('\n', head) + 1);
  const std::string row = text.substr(end + 1, text.find('\n', end + 1) - end - 1);
  return row.size() > column ? row.substr(column) : row;
}

TEST(ProfileCommand, CodeThatTheGuestMadeHasItsNamesAndItsTier) {
  const fs::path folder = fresh_folder();
  const auto result = profile("bitcode-profile", folder, {"--blocks", "1"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_EQ(top_row(result), "fibonacci [t1]") << result.output_tail;
  EXPECT_FALSE(says(result, "[code without symbols]")) << result.output_tail;
  EXPECT_TRUE(says(result, "\nblocks that cost most\n\nfibonacci [t1]\n")) << result.output_tail;
  EXPECT_NE(read_file(folder / "profile.svg").find("data-name=\"fibonacci [t1]\""),
            std::string::npos);
  EXPECT_NE(read_file(folder / "profile.json").find("\"tier\": \"t1\""), std::string::npos);
  bool called = false;  // from guest_main, and that from what the ELF file has
  for (const auto& [stack, self] : folded(folder)) {
    called |= stack.starts_with("enter_kernel;") &&
              stack.ends_with(";guest_main [t1];fibonacci [t1];fibonacci [t1]");
  }
  EXPECT_TRUE(called);
}

/// sha256, sieve and sum, each compiled to where the one before it was.
TEST(ProfileCommand, MadeCodeIsToldApartByTheTimeItWasThere) {
  const fs::path folder = fresh_folder();
  std::string text = read_file(scenario_file("bitcode-profile"));
  const std::string only = "only: fibonacci";
  text.replace(text.find(only), only.size(), "only: s");
  fs::create_directories(folder);
  std::ofstream(folder / "three.yaml") << text;
  const auto result = uniharness({"profile", (folder / "three.yaml").string(), "--no-build",
                                  "--out", folder.string(), "--top", "5"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_FALSE(says(result, "[code without symbols]")) << result.output_tail;
  for (const char* program : {"#1\n", "#2\n", "#3\n"}) {
    const std::size_t at = result.output_tail.find("guest_main [t1] @0x");
    ASSERT_NE(at, std::string::npos) << result.output_tail;
    const std::string name =
        result.output_tail.substr(at, result.output_tail.find(' ', at + 16) - at);
    EXPECT_TRUE(says(result, name + " " + program)) << name << program << result.output_tail;
  }
}

TEST(HotPathsCommand, NamesTheFunctionAndTheBlockThatCostsMost) {
  const auto result =
      uniharness({"hotpaths", scenario_file("optimized"), "--no-build", "--over", "3000"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_TRUE(says(result, "\nsum_to_n(unsigned int)\n")) << result.output_tail;
  EXPECT_TRUE(says(result, "100,000 x 4 = 400,000 instructions")) << result.output_tail;
}

TEST(HotPathsCommand, NamesWhatIsMadeForCertainArgumentsAndWhatItGains) {
  const auto result = uniharness(
      {"hotpaths", scenario_file("bitcode-hot-paths"), "--no-build", "--over", "190000"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_TRUE(says(result, "\nmultiply,loop [t1]\n")) << result.output_tail;
  EXPECT_TRUE(says(result, "\nmultiply(0=40,1=40,2=40)\n  counted ")) << result.output_tail;
  EXPECT_TRUE(says(result, " % less; ") && says(result, " calls\n  said ")) << result.output_tail;
  EXPECT_FALSE(says(result, "  differs: ")) << result.output_tail;
}

TEST(ProfileCommand, ShowsLinesAndBlocks) {
  const auto result = profile("smoke", fresh_folder(), {"--lines", "5", "--blocks", "2"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_TRUE(says(result, "workloads.h:")) << result.output_tail;
  EXPECT_TRUE(says(result, "inc edx")) << result.output_tail;
}

TEST(ProfileCommand, TwoBootsGiveTheSameBytes) {
  const fs::path one = fresh_folder() / "1", two = one.parent_path() / "2";
  EXPECT_EQ(profile("boot-pvh-qboot", one).exit_status, 0);
  EXPECT_EQ(profile("boot-pvh-qboot", two).exit_status, 0);
  EXPECT_EQ(read_file(one / "profile.json"), read_file(two / "profile.json"));
}

TEST(ProfileCommand, AGuestThatFailsHasAProfileThatSaysSo) {
  const auto result = profile("misbehaving/panic", fresh_folder());
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_TRUE(says(result, "note: the guest ended with panic")) << result.output_tail;
}

TEST(ProfileCommand, AGuestThatHangsIsProfiledUpToItsEnd) {
  const fs::path folder = fresh_folder();
  const auto result = profile("misbehaving/hang", folder);
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_TRUE(says(result, "note: the guest ended with idle")) << result.output_tail;
  EXPECT_GT(folded(folder).size(), 1u);
}

TEST(ProfileCommand, WhatItCannotDoIsSaidWithAWayOut) {
  const fs::path folder = fresh_folder();
  const auto no_elf = profile("smoke", folder, {"--elf", "/nowhere.elf"});
  EXPECT_EQ(no_elf.exit_status, 3) << no_elf.output_tail;
  EXPECT_TRUE(says(no_elf, "/nowhere.elf")) << no_elf.output_tail;
  std::ofstream(folder / "smp.yaml")
      << "name: smp\nimage: {kernel: " << (fs::path(UNIHARNESS_IMAGES) / "hello.elf").string()
      << "}\nmachine: {arch: i386, smp: 2}\nclock: host\nboots: 1\nchecks:\n  - ending: pass\n";
  const auto smp = uniharness({"profile", (folder / "smp.yaml").string()});
  EXPECT_EQ(smp.exit_status, 2) << smp.output_tail;
  EXPECT_TRUE(says(smp, "one processor")) << smp.output_tail;
  setenv("UNIHARNESS_PROFILE_PLUGIN", "/nowhere.so", 1);
  const auto no_plugin = profile("smoke", folder);
  unsetenv("UNIHARNESS_PROFILE_PLUGIN");
  EXPECT_EQ(no_plugin.exit_status, 3) << no_plugin.output_tail;
  EXPECT_TRUE(says(no_plugin, "/nowhere.so")) << no_plugin.output_tail;
  EXPECT_FALSE(fs::exists(folder / "profile.folded")) << "no half result";
}

TEST(ProfileCommand, IsAPartOfTheReportOfTheSameImage) {
  const fs::path folder = fresh_folder();
  const auto page = [&] { return read_file(folder / "report.html"); };
  constexpr char kPart[] = "<h2>Slowest functions</h2>";
  ASSERT_EQ(run_scenario("session20", folder, {"-q"}).exit_status, 0);
  EXPECT_EQ(page().find(kPart), std::string::npos);
  ASSERT_EQ(profile("session20", folder).exit_status, 0);
  EXPECT_NE(page().find(kPart), std::string::npos);
  ASSERT_EQ(run_scenario("session20", folder, {"-q"}).exit_status, 0);
  EXPECT_NE(page().find(kPart), std::string::npos) << "a run of the same image keeps it";
  ASSERT_EQ(run_scenario("hello-c", folder, {"-q"}).exit_status, 0);
  EXPECT_EQ(page().find(kPart), std::string::npos) << "another image has another profile";
}

}  // namespace
}  // namespace harness
