// The plugin in real QEMU, on guests whose instructions were counted by hand: one file each in
// testdata/guests/, with what is true of it in the comments behind ";=" (README.md there).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "profile/boot_testing.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;
using testing_boot::boot_counted;
using testing_boot::CountedBoot;

struct Known {
  std::uint64_t self = 0, calls = 0;
};

/// What the comments of a guest say.
struct Facts {
  std::map<std::string, Known> functions;
  std::vector<std::string> anyhow;  // executed, and how often depends on the clock
  std::string machine = "microvm,acpi=off", cpu;
  bool waits = false;        // a clock of its own goes on: the ticks say nothing
  std::uint64_t beside = 0;  // how far the total is from QEMU's count, which is said
};

Facts read_facts(const fs::path& source) {
  Facts facts;
  std::ifstream file(source);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(";=")) continue;
    std::istringstream words(line.substr(2));
    std::string name, self, calls;
    words >> name;
    if (name == "machine") {
      words >> facts.machine;
    } else if (name == "cpu") {
      words >> facts.cpu;
    } else if (name == "waits") {
      facts.waits = true;
    } else if (name == "beside") {
      words >> facts.beside;
    } else if (name == "anyhow") {
      facts.anyhow.emplace_back();
      words >> facts.anyhow.back();
    } else {
      Known& known = facts.functions[name];
      words >> self >> known.self >> calls >> known.calls;
      EXPECT_TRUE(words && self == "self" && calls == "calls") << source << ": " << line;
    }
  }
  return facts;
}

struct Boot : CountedBoot {
  std::map<std::string, FunctionTotals> of;  // "@0xADDRESS" where there is no name
};

Boot boot_guest(const std::string& name, const Facts& facts) {
  Boot boot = {boot_counted(fs::path(TEST_GUESTS) / (name + ".elf"), facts.machine, facts.cpu), {}};
  for (const FunctionTotals& one : boot.profile.functions) {
    const Function& function = boot.profile.code.functions[one.function];
    std::ostringstream at;
    at << "@0x" << std::hex << function.address;
    boot.of[function.is_unnamed ? at.str() : function.name] = one;
  }
  return boot;
}

std::uint64_t ticks_of(const Trace& trace) {
  if (trace.serial.size() != 4) return 0;
  std::uint64_t ticks = 0;
  for (std::size_t i = 4; i-- > 0;)
    ticks = ticks << 8 | static_cast<unsigned char>(trace.serial[i]);
  return ticks;
}

/// `names`: of one function, or of several with + between them, which are told apart by some QEMUs.
Known counted_of(const Boot& boot, const std::string& names) {
  Known sum;
  std::istringstream all(names);
  for (std::string name; std::getline(all, name, '+');) {
    const auto one = boot.of.find(name);
    if (one == boot.of.end()) continue;
    sum.self += one->second.self;
    sum.calls += one->second.calls;
  }
  return sum;
}

bool is_named(const Facts& facts, const std::string& name) {
  return std::ranges::find(facts.anyhow, name) != facts.anyhow.end() ||
         std::ranges::any_of(facts.functions, [&name](const auto& known) {
           return ("+" + known.first + "+").find("+" + name + "+") != std::string::npos;
         });
}

class KnownGuests : public testing::TestWithParam<std::string> {};

TEST_P(KnownGuests, AreCountedAsTheirTextSays) {
  const Facts facts = read_facts(fs::path(TEST_SOURCES) / (GetParam() + ".asm"));
  ASSERT_FALSE(facts.functions.empty()) << "a guest of which nothing is known";
  const Boot boot = boot_guest(GetParam(), facts);
  for (const auto& [name, known] : facts.functions) {
    const Known counted = counted_of(boot, name);
    EXPECT_EQ(counted.self, known.self) << name;
    EXPECT_EQ(counted.calls, known.calls) << name;
  }
  for (const auto& name : facts.anyhow) EXPECT_TRUE(boot.of.contains(name)) << name;
  EXPECT_EQ(disagreement(boot.profile), std::nullopt);
  EXPECT_EQ(apart(boot.profile.counts), facts.beside);
  if (facts.beside == 0) EXPECT_EQ(doubt(boot.profile.counts), std::nullopt);

  // Between the two readings lie the first itself, the store, the call, and main with all below it.
  if (!facts.waits) EXPECT_EQ(ticks_of(boot.trace), 3 + boot.of.at("main").total);

  const std::uint64_t whole = guest_and_below(boot.profile);
  for (const FunctionTotals& one : boot.profile.functions) {
    EXPECT_LE(one.self, one.total) << boot.profile.name(one.function);
    if (boot.profile.code.functions[one.function].is_region) continue;
    EXPECT_LE(one.total, whole) << boot.profile.name(one.function) << " has more than all";
    const std::string& name = boot.profile.name(one.function);
    EXPECT_TRUE(is_named(facts, name) || name == "entry" || name == "begin" || name == "spin" ||
                name == "setup" || boot.profile.code.functions[one.function].is_unnamed)
        << name << " was executed, " << one.self << " instructions, and nothing says so";
  }
}

std::vector<std::string> all_guests() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(TEST_SOURCES)) {
    if (entry.path().extension() == ".asm") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, KnownGuests, testing::ValuesIn(all_guests()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace harness::profile
