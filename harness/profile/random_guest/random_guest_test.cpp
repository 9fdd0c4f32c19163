// The plugin in real QEMU, on guests at random whose instructions are known.
// UNIHARNESS_RANDOM_GUESTS names how many, UNIHARNESS_RANDOM_SEED the first (ci/random_guests.sh).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include <wire/protocol.h>

#include "base/folder_testing.h"
#include "machine/machine.h"
#include "profile/counts.h"
#include "profile/profile.h"
#include "profile/random_guest/program.h"
#include "profile/render.h"

namespace harness::profile {
namespace {

/// For another QEMU in PATH, UNIHARNESS_TEST_PLUGIN names the one for its interface.
std::string test_plugin() {
  const char* named = std::getenv("UNIHARNESS_TEST_PLUGIN");
  return named != nullptr ? named : TEST_PLUGIN;
}

CountedProfile boot(const std::filesystem::path& elf) {
  GuestCode code = read_code({elf});
  const SharedMemory memory(code);
  Job job;
  job.kernel = elf;
  job.machine.arch = "i386";
  job.machine.vga = true;
  job.limits.idle = job.limits.wall = std::chrono::seconds(60);
  job.plugin = PluginSpec{test_plugin(), memory.descriptor()};
  QemuMachine machine;
  const Trace trace = machine.run(job, {});
  EXPECT_EQ(trace.exit_status, wire::process_status(wire::Exit::pass)) << trace.stderr_text;
  return make_profile(std::move(code), memory.read());
}

std::string text_of(const Executed& one) {
  return std::to_string(one.self) + " in " + std::to_string(one.calls) + " calls";
}

/// "self in calls" of each function that was executed.
std::map<std::string, std::string> counted(const CountedProfile& profile) {
  std::map<std::string, std::string> functions;
  for (const FunctionTotals& one : profile.functions) {
    const Function& function = profile.code.functions[one.function];
    const std::string name =
        function.is_unnamed ? "at " + std::to_string(function.address) : function.name;
    functions[name] = text_of({one.self, one.calls});
  }
  return functions;
}

std::map<std::string, std::string> wanted(const Program& program) {
  const Expected expected = interpret(program);
  std::map<std::string, std::string> functions;
  const auto add = [&functions](const std::string& name, const Executed& one) {
    if (one.calls != 0) functions[name] = text_of(one);
  };
  for (std::size_t i = 0; i < expected.functions.size(); ++i) {
    add("f" + std::to_string(i), expected.functions[i]);
  }
  for (std::uint32_t i = 0; i < kPlaces; ++i) {
    add("at " + std::to_string(place_address(i)), expected.places[i]);
  }
  add("trap", expected.trap);
  add("bad_opcode", expected.bad_opcode);
  add("division", expected.division);
  return functions;
}

std::uint64_t number(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(RandomGuests, EveryFunctionHasWhatItsProgramSays) {
  const TestFolder folder;
  const std::uint64_t first = number("UNIHARNESS_RANDOM_SEED", 1);
  const std::uint64_t count = number("UNIHARNESS_RANDOM_GUESTS", 12);
  std::uint64_t ticks = 0;
  for (std::uint64_t seed = first; seed < first + count && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Program program = random_program(seed);
    const auto elf = folder.path / "guest.elf";
    std::ofstream(elf, std::ios::binary) << elf_of(program);
    const CountedProfile profile = boot(elf);
    EXPECT_EQ(disagreement(profile), std::nullopt);
    EXPECT_EQ(doubt(profile.counts), std::nullopt);
    const auto of = counted(profile);
    for (const auto& [name, text] : wanted(program)) {
      EXPECT_EQ(of.contains(name) ? of.at(name) : "nothing", text) << name;
    }
    const std::uint64_t whole = guest_and_below(profile);
    for (const FunctionTotals& one : profile.functions) {
      if (!profile.code.functions[one.function].is_region) EXPECT_LE(one.total, whole);
      if (profile.name(one.function) != "tick") continue;
      EXPECT_EQ(one.self, kHandlerOfTimer * one.calls);
      ticks += one.calls;
    }
  }
  if (count > 10) EXPECT_GT(ticks, 0u) << "some were to be interrupted";
}

}  // namespace
}  // namespace harness::profile
