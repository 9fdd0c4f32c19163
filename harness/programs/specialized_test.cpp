// The corpus of unikernel/jit/corpus with all bodies specialized as far as that goes without
// knowing anything of their arguments: loops of known turns unrolled, constants computed. Verified
// anew, and interpreted on this machine.
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/sha256.h"
#include "programs/memory.h"
#include "specialize/testing/specialized_bodies.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

struct Ran {
  jit::Outcome outcome = jit::Outcome::unsupported;
  int status = 0;
  std::uint64_t fuel = 0;
  std::string output, fault;
  std::uint32_t made = 0, refused = 0, inlined = 0;
};

Ran run(std::string_view bytes, int argument, bool specialized) {
  constexpr std::uint32_t kMemory = 8u << 20, kArena = 128u << 20;
  const Memory<char> module(kArena), code(kArena), scratch(kArena);
  const Memory<std::uint32_t> slots(jit::kMinSlots);
  const Memory<std::uint8_t> memory(kMemory);
  jit::Arena module_arena(module.span().data, kArena), code_arena(code.span().data, kArena),
      scratch_arena(scratch.span().data, kArena);
  jit::bitcode::BitcodeFile file;
  jit::Machine machine;
  jit::SpecializedBodies bodies = {file, machine};
  Ran ran;
  if (jit::bitcode::open_module(bytes_of(bytes), module_arena, file) ||
      jit::verify_module(file.module, scratch_arena)) {
    return ran;
  }
  jit::Resources resources;
  resources.memory = memory.span().data;
  resources.high = kMemory;
  resources.slots = slots.span();
  resources.code = &code_arena;
  resources.scratch = &scratch_arena;
  resources.fuel = 100'000'000;
  static std::string output;
  output.clear();
  const jit::Provided provided[] = {
      {"guest_exit",
       [](jit::State& state, std::uint32_t* arguments) {
         state.status = static_cast<std::int32_t>(arguments[0]);
         return jit::Outcome::exited;
       }},
      {"guest_write", [](jit::State& state, std::uint32_t* arguments) {
         const std::uint8_t* const text = state.at(arguments[0], arguments[1]);
         if (text == nullptr) return jit::Outcome::wild_access;
         output.append(reinterpret_cast<const char*>(text), arguments[1]);
         return jit::Outcome::returned;
       }}};
  const jit::BodySource source = specialized
                                     ? jit::BodySource{jit::SpecializedBodies::read, &bodies}
                                     : jit::BodySource{jit::bitcode::read_verified_body, &file};
  if (machine.load(file.module, source, resources, {provided, 2}, nullptr)) return ran;
  ran.outcome = machine.run("guest_main", argument);
  ran.status = machine.state().status & 255;
  ran.fuel = machine.fuel_used();
  ran.output = output;
  ran.fault = string_of(bodies.unsound.what.text());
  ran.made = bodies.made;
  ran.refused = bodies.refused;
  ran.inlined = bodies.inlined;
  return ran;
}

void run_level(const char* level) {
  std::ifstream list(fs::path(UNIHARNESS_CORPUS) / "expected.tsv");
  std::string name, sum;
  int argument = 0, status = 0;
  std::uint32_t programs = 0, made = 0, refused = 0, inlined = 0;
  while (list >> name >> argument >> status >> sum) {
    const fs::path path = fs::path(UNIHARNESS_CORPUS) / "bitcode" / (name + "." + level + ".bc");
    if (!fs::exists(path)) continue;
    const std::string bytes = read_file(path);
    const Ran plain = run(bytes, argument, false), specialized = run(bytes, argument, true);
    EXPECT_EQ(specialized.fault, "") << path;
    EXPECT_EQ(specialized.outcome, plain.outcome) << path;
    EXPECT_EQ(specialized.status, status) << path;
    EXPECT_EQ(sha256_of(specialized.output), sum) << path;
    EXPECT_EQ(specialized.fuel, plain.fuel) << path;
    ++programs;
    made += specialized.made;
    refused += specialized.refused;
    inlined += specialized.inlined;
  }
  EXPECT_GE(programs, 150U);
  EXPECT_GE(made, 300U);  // what is part of its callers is not read by itself
  EXPECT_GE(inlined, 1'000U);
  EXPECT_LE(refused, made / 50) << "of " << made;
}

TEST(Specialized, TheCorpusDoesTheSameAtO0) { run_level("O0"); }
TEST(Specialized, TheCorpusDoesTheSameAtO2) { run_level("O2"); }

}  // namespace
}  // namespace harness
